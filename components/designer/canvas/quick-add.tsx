"use client";

import { useEffect, useId, useMemo, useRef, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { Input } from "#components/ui/input.tsx";
import { type ComponentDefinition, canConnect } from "#lib/components/model.ts";
import type { CanvasModel } from "../model/canvas-model.ts";
import type { PortAddress } from "../model/connect.ts";
import { searchComponents } from "../palette/search-palette.ts";
import type { Palette } from "../palette/use-palette.ts";
import { addComponent, connectFirstFit } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { usePanel } from "../session/use-panels.ts";
import { ComponentIcon } from "./component-icon.tsx";
import { focusNode } from "./use-canvas-keys.ts";

const shown = 9;
const width = 300;

/** Whether a component has a port that fits the line that was let go. */
function fits(item: ComponentDefinition, from: PortAddress, model: CanvasModel): boolean {
  const view = model.byId.get(from.node);
  if (from.side === "out") {
    const port = view?.outputs.find(({ name }) => name === from.port);
    return port !== undefined && item.inputs.some(({ type }) => canConnect(port.type, type).ok);
  }
  const port = view?.kind === "step" ? view.inputs.find(({ name }) => name === from.port) : undefined;
  return port !== undefined && item.outputs.some(({ type }) => canConnect(type, port.type).ok);
}

/** A search where the canvas was double-clicked, or a line was let go: Enter adds the module there. */
export function QuickAdd({ palette }: { palette: Palette }) {
  const [request, setRequest] = usePanel("quickAdd");
  return request ? (
    <QuickAddBox palette={palette} request={request} onClose={() => setRequest(null)} />
  ) : null;
}

interface QuickAddBoxProps {
  palette: Palette;
  request: { screen: { x: number; y: number }; at: { x: number; y: number }; from: PortAddress | null };
  onClose: () => void;
}

function QuickAddBox({ palette, request, onClose }: QuickAddBoxProps) {
  const designer = useDesigner();
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState("");
  const [active, setActive] = useState(0);
  const { from } = request;
  const found = useMemo(() => {
    const model = designer.model.get();
    const items = from ? palette.items.filter((item) => fits(item, from, model)) : palette.items;
    return searchComponents(items, search).slice(0, shown);
  }, [palette, search, from, designer]);
  useEffect(() => {
    const away = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", away, true);
    return () => document.removeEventListener("pointerdown", away, true);
  }, [onClose]);
  const add = (item: ComponentDefinition | undefined) => {
    if (!item) return;
    const id = addComponent(designer, item, request.at);
    if (from) connectFirstFit(designer, from, id);
    onClose();
    requestAnimationFrame(() => focusNode(id));
  };
  return (
    <div
      ref={box}
      role="dialog"
      aria-label="Add a module"
      style={{
        left: Math.max(8, Math.min(request.screen.x, window.innerWidth - width - 8)),
        top: Math.max(8, Math.min(request.screen.y, window.innerHeight - 330)),
        width,
      }}
      className="fixed z-50 rounded-card bg-raised p-1.5 shadow-2"
    >
      <Input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found[active] ? `${listId}-${active}` : undefined}
        aria-label="Add a module"
        placeholder={from ? "What comes next" : "Add a module"}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setActive(Math.min(active + 1, found.length - 1));
          else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
          else if (event.key === "Enter") add(found[active]);
          else if (event.key === "Escape") onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <div id={listId} role="listbox" aria-label="Modules" className="mt-1">
        {found.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the field
          <div
            key={item.ref}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onClick={() => add(item)}
            onPointerMove={() => setActive(index)}
            className={cn(
              "flex h-7 items-center gap-2 rounded-control px-2 text-body",
              index === active && "bg-hover",
            )}
          >
            <span className="flex text-ink-3">
              <ComponentIcon definition={item} size={14} />
            </span>
            <span className="min-w-0 flex-1 truncate">{item.displayName}</span>
            <span className="truncate text-caption text-ink-3">
              {palette.groups.find(({ name }) => name === item.category)?.title}
            </span>
          </div>
        ))}
        {found.length === 0 ? (
          <p className="px-2 py-1 text-secondary text-ink-3">Nothing fits “{search}”</p>
        ) : null}
      </div>
    </div>
  );
}
