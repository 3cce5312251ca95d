"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { ComponentIcon } from "../canvas/component-icon.tsx";
import { addComponent } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { ComponentCard } from "./component-card.tsx";
import { PaletteRow } from "./palette-row.tsx";
import { groupComponents } from "./search-palette.ts";
import type { Palette } from "./use-palette.ts";

/** The groups with their modules; a search opens all that hold an answer. */
export function ModulesTab({ palette, search }: { palette: Palette; search: string }) {
  const designer = useDesigner();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(["data_transformation"]));
  const groups = useMemo(() => groupComponents(palette.items, palette.groups, search), [palette, search]);
  if (palette.error) return <ErrorState error={palette.error} onRetry={palette.retry} />;
  if (palette.loading) return <SkeletonRows rows={12} />;
  if (groups.length === 0)
    return (
      <EmptyState variant="plain" title={`No module matches “${search}”`}>
        Names, descriptions and help texts were searched.
      </EmptyState>
    );
  const toggle = (name: string) => {
    const next = new Set(open);
    if (!next.delete(name)) next.add(name);
    setOpen(next);
  };
  return groups.map((group) => {
    const isOpen = search !== "" || open.has(group.name);
    return (
      <section key={group.name} aria-label={group.title}>
        <h3>
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => toggle(group.name)}
            className="flex h-7 w-full items-center gap-2 rounded-control pr-2 pl-1 text-left text-name hover:bg-hover"
          >
            <span className="flex text-ink-3">
              {isOpen ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
            </span>
            <span className="min-w-0 flex-1 truncate">{group.title}</span>
            <span className="text-secondary text-ink-3 tabular-nums">{group.items.length}</span>
          </button>
        </h3>
        {isOpen
          ? group.items.map((item) => (
              <PaletteRow
                key={item.ref}
                icon={<ComponentIcon definition={item} size={14} />}
                title={item.displayName}
                dragged={{ kind: "component", definition: item }}
                card={<ComponentCard definition={item} />}
                mayAdd={designer.mayEdit}
                onAdd={() => addComponent(designer, item)}
              />
            ))
          : null}
      </section>
    );
  });
}
