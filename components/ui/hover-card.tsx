"use client";

import { PreviewCard as Base } from "@base-ui/react/preview-card";
import { Pin, PinOff } from "lucide-react";
import { type ReactElement, type ReactNode, useState } from "react";
import { IconButton } from "./icon-button.tsx";

export interface HoverCardProps {
  /** The link it belongs to. */
  trigger: ReactElement<Record<string, unknown>>;
  side?: "top" | "bottom" | "left" | "right" | undefined;
  width?: number | undefined;
  /** Adds a button that keeps it open. */
  pinnable?: boolean | undefined;
  children: ReactNode;
}

/** More about a link after 250 ms; it stays while the pointer travels to it. */
export function HoverCard({ trigger, side = "bottom", width = 320, pinnable, children }: HoverCardProps) {
  const [open, setOpen] = useState(false);
  const [pinned, setPinned] = useState(false);
  return (
    <Base.Root
      open={open || pinned}
      onOpenChange={(next, details) => {
        setOpen(next);
        if (!next && details.reason === "escape-key") setPinned(false);
      }}
    >
      <Base.Trigger render={trigger} delay={250} closeDelay={200} />
      <Base.Portal role="region" aria-label="Preview">
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup
            style={{ width }}
            className="enter-menu relative rounded-card bg-raised p-3 text-body text-ink shadow-2"
          >
            {children}
            {pinnable ? (
              <IconButton
                label={pinned ? "Unpin" : "Pin"}
                icon={pinned ? <PinOff size={14} /> : <Pin size={14} />}
                size="sm"
                tooltip={false}
                aria-pressed={pinned}
                onClick={() => setPinned(!pinned)}
                className="absolute top-2 right-2"
              />
            ) : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
