"use client";

import { useEffect, useRef } from "react";
import { cn } from "#components/ui/cn.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import { keyLabel, useIsMac } from "./key-label.ts";
import { markMatches, type PaletteGroup, type PaletteItem } from "./palette-model.ts";

export interface PaletteListProps {
  id: string;
  groups: readonly PaletteGroup[];
  query: string;
  currentKey: string | undefined;
  waiting: boolean;
  /** Kinds that could not be searched. */
  failed: readonly string[];
  onChoose: (item: PaletteItem) => void;
  onPoint: (key: string) => void;
}

export function PaletteList({
  id,
  groups,
  query,
  currentKey,
  waiting,
  failed,
  onChoose,
  onPoint,
}: PaletteListProps) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current row is found in the page after it moved
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [currentKey]);
  return (
    <div className="min-h-0 overflow-y-auto px-1 py-1">
      <div ref={list} id={id} role="listbox" aria-label="Results">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
          <div key={group.kind} role="group" aria-label={group.kind}>
            <div aria-hidden="true" className="flex h-7 items-center px-3 text-caption text-ink-3">
              {group.kind}
            </div>
            {group.items.map((item) => {
              const key = `${group.kind}:${item.id}`;
              return (
                <PaletteRow
                  key={key}
                  id={`${id}-${encodeURIComponent(key)}`}
                  item={item}
                  query={query}
                  selected={key === currentKey}
                  onChoose={() => onChoose(item)}
                  onPoint={() => onPoint(key)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <p
        role="status"
        className={cn("px-3 text-secondary text-ink-3", (groups.length === 0 || failed.length > 0) && "py-3")}
      >
        {groups.length > 0 ? "" : waiting ? "Searching" : `Nothing is called “${query}” here.`}
        {failed.length > 0 ? ` ${failed.join(", ")} could not be searched.` : ""}
      </p>
    </div>
  );
}

interface RowProps {
  id: string;
  item: PaletteItem;
  query: string;
  selected: boolean;
  onChoose: () => void;
  onPoint: () => void;
}

function PaletteRow({ id, item, query, selected, onChoose, onPoint }: RowProps) {
  const mac = useIsMac();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the combobox that owns this list
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names this row as active
    <div
      id={id}
      role="option"
      aria-selected={selected}
      onClick={onChoose}
      onPointerMove={selected ? undefined : onPoint}
      className={cn(
        "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-control px-3 text-body max-sm:min-h-11",
        selected && "bg-active",
      )}
    >
      <span className="flex w-4 flex-none text-ink-3 [&_svg]:size-4">{item.icon}</span>
      <span className="min-w-0 flex-1 truncate">
        <Marked text={item.title} query={query} />
        {item.detail === undefined ? null : (
          <span className="text-ink-3">
            {" "}
            <Marked text={item.detail} query={query} />
          </span>
        )}
      </span>
      {selected ? (
        <Kbd keys="↵" />
      ) : item.keys === undefined ? null : (
        <Kbd keys={keyLabel(item.keys, mac)} split />
      )}
    </div>
  );
}

function Marked({ text, query }: { text: string; query: string }) {
  return markMatches(text, query).map((part, index) =>
    part.hit ? (
      <b key={index} className="font-semibold">
        {part.text}
      </b>
    ) : (
      part.text
    ),
  );
}
