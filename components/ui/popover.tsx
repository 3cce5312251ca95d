"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn.ts";

export interface PopoverProps {
  trigger: ReactElement<Record<string, unknown>>;
  /** The accessible name, shown as a heading unless `titleHidden`. */
  title: string;
  titleHidden?: boolean | undefined;
  align?: "start" | "center" | "end" | undefined;
  side?: "top" | "bottom" | "left" | "right" | undefined;
  width?: number | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  children: ReactNode;
  className?: string | undefined;
}

export function Popover(props: PopoverProps) {
  const {
    trigger,
    title,
    titleHidden,
    align = "start",
    side = "bottom",
    width = 280,
    open,
    className,
  } = props;
  return (
    <Base.Root open={open} onOpenChange={(next) => props.onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup
            style={{ width }}
            className={cn(
              "enter-menu max-h-(--available-height) max-w-[calc(100vw-16px)] overflow-y-auto rounded-card bg-raised p-3 text-ink shadow-2 outline-none",
              className,
            )}
          >
            <Base.Title className={cn(titleHidden ? "sr-only" : "mb-2 text-section")}>{title}</Base.Title>
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
