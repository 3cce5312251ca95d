"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={400} closeDelay={0} timeout={300}>
      {children}
    </Base.Provider>
  );
}

export interface TooltipProps {
  label: ReactNode;
  keys?: string | undefined;
  side?: "top" | "bottom" | "left" | "right" | undefined;
  /** The one element it belongs to; it must pass its props and ref on. */
  children: ReactElement<Record<string, unknown>>;
}

/** Names the thing and its key. Nothing is only in a tooltip. */
export function Tooltip({ label, keys, side = "bottom", children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal role="region" aria-label="Hint">
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="enter-menu flex max-w-72 gap-2 rounded-control bg-ink px-2 py-1 text-label text-panel shadow-2">
            {label}
            {keys === undefined ? null : <span className="font-normal opacity-70">{keys}</span>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
