"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactElement, type ReactNode, type RefObject, useRef } from "react";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";

export interface DialogProps {
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** A button that opens it, when the dialog keeps its own state. */
  trigger?: ReactElement<Record<string, unknown>> | undefined;
  /** Says the act: "Share the pipeline". */
  title: ReactNode;
  /** One line under the title: the effect, in numbers. */
  description?: ReactNode;
  /** Buttons, at the right; the safe one first. */
  footer?: ReactNode;
  /** At the left of the footer. */
  footerNote?: ReactNode;
  /** 560 by default. */
  width?: number | undefined;
  /** What gets the focus first; by default the first field. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** Off where leaving by accident would lose work. */
  closeOnOutside?: boolean | undefined;
  /** Something is under way that belongs to it: nothing closes it. */
  busy?: boolean | undefined;
  children?: ReactNode;
  className?: string | undefined;
}

export function Dialog({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  footer,
  footerNote,
  width = 560,
  initialFocus,
  closeOnOutside = true,
  busy = false,
  children,
  className,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => (next || !busy) && onOpenChange?.(next)}
      disablePointerDismissal={!closeOnOutside || busy}
    >
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto p-4 sm:pt-[10vh]">
          <Base.Popup
            ref={popup}
            initialFocus={initialFocus ?? (() => firstField(popup.current))}
            style={{ width }}
            className={cn(
              "enter-dialog relative flex max-w-full flex-col rounded-dialog bg-raised text-ink shadow-3 outline-none",
              className,
            )}
          >
            <div className="flex items-start gap-3 px-5 pt-4 pb-3">
              <div className="min-w-0 flex-1">
                <Base.Title className="text-dialog break-words">{title}</Base.Title>
                {description === undefined ? null : (
                  <Base.Description className="mt-0.5 text-body text-ink-2">{description}</Base.Description>
                )}
              </div>
              <Base.Close
                disabled={busy}
                render={<IconButton label="Close" icon={<X size={16} />} tooltip={false} />}
              />
            </div>
            {children === undefined ? null : <div className="min-h-0 px-5 pb-4">{children}</div>}
            {footer === undefined ? null : (
              <div className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3">
                {footerNote === undefined ? null : (
                  <div className="mr-auto text-secondary text-ink-3">{footerNote}</div>
                )}
                {footer}
              </div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The first field of a dialog; without one the dialog itself, so that no button is a stray Enter away. */
export function firstField(popup: HTMLElement | null): HTMLElement | null {
  return popup?.querySelector<HTMLElement>("input:not([type=hidden]), textarea, [role=combobox]") ?? popup;
}

/** A button inside a dialog that closes it. */
export function DialogClose({ render }: { render: ReactElement<Record<string, unknown>> }) {
  return <Base.Close render={render} />;
}
