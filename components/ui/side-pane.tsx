"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { Maximize2, X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { buttonClass } from "./button.tsx";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";
import { Link } from "./navigation.tsx";

export interface SidePaneProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  subtitle?: ReactNode;
  /** The same thing as a page of its own. */
  pageHref?: string | undefined;
  actions?: ReactNode;
  footer?: ReactNode;
  /** In pixels; 1,064 at most. */
  width?: number | undefined;
  children: ReactNode;
}

/** Slides from the right over a scrim; Esc closes and the focus goes back. */
export function SidePane(props: SidePaneProps) {
  const { open, onOpenChange, title, subtitle, pageHref, actions, footer, width = 560, children } = props;
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <Base.Viewport className="fixed inset-y-0 right-0 z-40 flex max-w-full justify-end">
          <Base.Popup
            ref={popup}
            initialFocus={popup}
            style={{ width: Math.min(width, 1064) }}
            className="enter-pane flex h-full max-w-[100vw] flex-col bg-panel text-ink shadow-3 outline-none"
          >
            <div className="flex min-h-14 flex-none items-center gap-2 border-line border-b px-5 py-2">
              <div className="min-w-0 flex-1">
                <Base.Title className="truncate text-dialog">{title}</Base.Title>
                {subtitle === undefined ? null : (
                  <div className="truncate text-secondary text-ink-3">{subtitle}</div>
                )}
              </div>
              {actions}
              {pageHref === undefined ? null : (
                <Link
                  href={pageHref}
                  aria-label="Open as a page"
                  title="Open as a page"
                  className={cn(buttonClass({ variant: "quiet" }), "w-7 px-0")}
                >
                  <Maximize2 size={16} />
                </Link>
              )}
              <Base.Close render={<IconButton label="Close" icon={<X size={16} />} tooltip={false} />} />
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
            {footer === undefined ? null : (
              <div className="flex flex-none justify-end gap-2 border-line border-t px-5 py-3">{footer}</div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
