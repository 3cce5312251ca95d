"use client";

import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { describeError } from "./describe-error.ts";
import { Input } from "./input.tsx";
import { StatusIcon } from "./status-icon.tsx";

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Asks for the act: "Delete the endpoint term-deposit?" */
  title: string;
  /** What happens, in numbers. */
  effect: ReactNode;
  /** Names the act: "Delete endpoint". */
  confirmLabel: string;
  /** In the present, while it happens: "Deleting". */
  busyLabel?: string | undefined;
  /** The safe way out. */
  keepLabel?: string | undefined;
  /** To be typed first; only for what cannot be undone. */
  typedName?: string | undefined;
  /** Red by default. */
  danger?: boolean | undefined;
  /** The dialog closes when it resolves, and shows the reason when it rejects. */
  onConfirm: () => void | Promise<void>;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Base.Root open={props.open} onOpenChange={(next) => props.onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto p-4 sm:pt-[16vh]">
          <Base.Popup className="enter-dialog w-[560px] max-w-full rounded-dialog bg-raised p-5 text-ink shadow-3 outline-none">
            <Content {...props} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** Mounted with the popup, so that what was typed is forgotten each time. */
function Content({
  onOpenChange,
  title,
  effect,
  confirmLabel,
  busyLabel,
  keepLabel = "Keep it",
  typedName,
  danger = true,
  onConfirm,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const inputId = useId();
  const running = useRef(false);
  const ready = typedName === undefined || typed === typedName;

  async function confirm() {
    if (!ready || running.current) return;
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (error) {
      const { what, why } = describeError(error);
      setFailure(why ? `${what} ${why}` : what);
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      <Base.Title className="text-dialog break-words">{title}</Base.Title>
      <Base.Description render={<div />} className="mt-1 text-body text-ink-2">
        {effect}
      </Base.Description>
      {typedName === undefined ? null : (
        <div className="mt-3 flex flex-col gap-1">
          <label htmlFor={inputId} className="text-label text-ink-2">
            Type <span className="text-ink">{typedName}</span> to confirm
          </label>
          <Input
            id={inputId}
            size="lg"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
      )}
      {failure === undefined ? null : (
        <div role="alert" className="mt-3 flex items-start gap-2 text-body text-failed">
          <StatusIcon kind="failed" size={14} className="mt-[3px]" />
          {failure}
        </div>
      )}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Base.Close render={<Button>{keepLabel}</Button>} />
        <Button type="submit" variant={danger ? "danger-fill" : "primary"} disabled={!ready} busy={busy}>
          {busy ? (busyLabel ?? confirmLabel) : confirmLabel}
        </Button>
      </div>
    </form>
  );
}
