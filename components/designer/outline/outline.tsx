"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { X } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import { findNodes } from "../model/find-nodes.ts";
import { listOutline, type OutlineRow } from "../model/list-outline.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { usePanel } from "../session/use-panels.ts";
import { OutlineItem } from "./outline-item.tsx";

/** A longer list is made when it is asked for, has a search, and only the rows in view are drawn. */
const alwaysCount = 60;
const rowHeight = 46;

/**
 * The steps as a list, each after those that feed it: what a screen reader goes through in place of the drawing. It is
 * always there; the button shows it to everybody.
 */
export function Outline() {
  const designer = useDesigner();
  const [open, setOpen] = usePanel("outline");
  const count = useStore(designer.model, ({ nodes }) => nodes.length);
  if (open || count <= alwaysCount) return <OutlinePane />;
  return (
    <button
      type="button"
      onClick={() => setOpen(true)}
      className="sr-only focus:not-sr-only focus:absolute focus:top-14 focus:right-3 focus:z-10 focus:rounded-card focus:bg-raised focus:px-3 focus:py-1.5 focus:text-name focus:shadow-2"
    >
      List the {count} steps with their connections
    </button>
  );
}

function OutlinePane() {
  const designer = useDesigner();
  const model = useStore(designer.model, (now) => now);
  const states = useStore(designer.states, (now) => now);
  const [open, setOpen] = usePanel("outline");
  const [search, setSearch] = useState("");
  const all = useMemo(() => listOutline(model), [model]);
  const rows = useMemo(() => {
    if (search.trim() === "") return all;
    const found = new Set(findNodes(model, states, search));
    return all.filter(({ view }) => found.has(view.id));
  }, [all, model, states, search]);
  const isLong = all.length > alwaysCount;
  return (
    <nav
      aria-label="Outline of steps"
      className={cn(
        open
          ? "absolute top-14 right-3 bottom-14 z-10 flex w-80 flex-col rounded-card bg-raised shadow-2"
          : "sr-only focus-within:not-sr-only focus-within:absolute focus-within:top-14 focus-within:right-3 focus-within:z-10 focus-within:max-h-[70%] focus-within:w-80 focus-within:overflow-y-auto focus-within:rounded-card focus-within:bg-raised focus-within:shadow-2",
      )}
    >
      <div className="flex h-9 flex-none items-center justify-between px-3">
        <h2 className="text-section" aria-live={isLong ? "polite" : undefined}>
          {rows.length === all.length ? "" : `${rows.length} of `}
          {all.length} {all.length === 1 ? "step" : "steps"}
        </h2>
        {open ? (
          <IconButton
            size="sm"
            label="Close the outline"
            icon={<X size={14} />}
            onClick={() => setOpen(false)}
          />
        ) : null}
      </div>
      {isLong ? (
        <div className="px-2 pb-2">
          <SearchInput
            label="Find in the outline"
            placeholder="Name, module, value or state"
            value={search}
            onValueChange={setSearch}
          />
        </div>
      ) : null}
      <OutlineRows key={isLong ? "long" : "short"} rows={rows} isLong={isLong} />
    </nav>
  );
}

/** The rows. The arrows, Home and End go from one to another, Tab through what can be done with one. */
function OutlineRows({ rows, isLong }: { rows: readonly OutlineRow[]; isLong: boolean }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const current = Math.min(at, rows.length - 1);
  const virtualizer = useVirtualizer({
    count: isLong ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.view.id ?? index,
    overscan: 8,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next === undefined || next < 0 || next >= rows.length) return;
    event.preventDefault();
    event.stopPropagation();
    setAt(next);
    if (isLong) virtualizer.scrollToIndex(next);
    const focus = () => scroller.current?.querySelector<HTMLElement>(`[data-outline-row="${next}"]`)?.focus();
    requestAnimationFrame(() => requestAnimationFrame(focus));
  };
  const item = (row: OutlineRow, index: number) => (
    <OutlineItem
      key={row.view.id}
      row={row}
      index={index}
      count={rows.length}
      current={index === current}
      onFocus={() => setAt(index)}
      measure={isLong ? virtualizer.measureElement : undefined}
    />
  );
  const seen = virtualizer.getVirtualItems();
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-2">
      <ol
        onKeyDown={onKeyDown}
        style={
          isLong
            ? {
                paddingTop: seen[0]?.start ?? 0,
                paddingBottom: virtualizer.getTotalSize() - (seen.at(-1)?.end ?? 0),
              }
            : undefined
        }
      >
        {isLong
          ? seen.flatMap(({ index }) => {
              const row = rows[index];
              return row ? [item(row, index)] : [];
            })
          : rows.map(item)}
      </ol>
    </div>
  );
}
