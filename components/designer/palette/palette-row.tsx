"use client";

import { PreviewCard as Base } from "@base-ui/react/preview-card";
import { GripVertical } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { type Dragged, writeDragged } from "./dragged.ts";

interface PaletteRowProps {
  icon: ReactNode;
  title: string;
  hint?: string | undefined;
  dragged: Dragged;
  card: ReactNode;
  mayAdd: boolean;
  onAdd: () => void;
}

/** One thing of the palette: dragged onto the canvas, or added by Enter or a double click. The card says more. */
export function PaletteRow({ icon, title, hint, dragged, card, mayAdd, onAdd }: PaletteRowProps) {
  const [open, setOpen] = useState(false);
  const [dragging, setDragging] = useState(false);
  return (
    // The card would lie over the place of the canvas where the row is to be let go.
    <Base.Root open={open && !dragging} onOpenChange={setOpen}>
      <Base.Trigger
        delay={250}
        closeDelay={100}
        render={
          <button
            type="button"
            draggable={mayAdd}
            data-palette-row
            aria-disabled={mayAdd ? undefined : true}
            onDragStart={(event) => {
              writeDragged(event.dataTransfer, dragged);
              setDragging(true);
            }}
            onDragEnd={() => {
              setDragging(false);
              setOpen(false);
            }}
            onDoubleClick={() => mayAdd && onAdd()}
            onKeyDown={(event) => {
              if (event.key === "Enter" && mayAdd) {
                event.preventDefault();
                onAdd();
              }
            }}
            className={cn(
              "group relative flex h-[27px] w-full items-center gap-2 rounded-control pr-1 pl-4 text-left text-body text-ink-2 hover:bg-hover hover:text-ink",
              mayAdd && "cursor-grab",
            )}
          >
            <span className="flex flex-none text-ink-3 [&_svg]:size-3.5">{icon}</span>
            <span className="min-w-0 flex-1 truncate">{title}</span>
            {hint ? <span className="flex-none text-caption text-ink-3">{hint}</span> : null}
            <GripVertical
              size={12}
              aria-hidden="true"
              className="absolute right-1 text-ink-3 opacity-0 group-hover:opacity-100"
            />
          </button>
        }
      />
      <Base.Portal role="region" aria-label="About">
        <Base.Positioner side="right" align="start" sideOffset={10} collisionPadding={8} className="z-50">
          <Base.Popup className="enter-menu max-h-(--available-height) w-80 overflow-y-auto rounded-card bg-raised p-3 text-ink shadow-2">
            {card}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
