"use client";

import { type ReactNode, useId } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Notice } from "./error-state.tsx";

export interface FormDialogProps {
  title: string;
  description?: string | undefined;
  /** What the button says now, also while it is busy. */
  submitLabel: string;
  /** Under way: nothing closes the dialog. */
  busy: boolean;
  disabled?: boolean | undefined;
  /** What stands at no field. */
  problem?: string | undefined;
  footerNote?: ReactNode;
  onSubmit: () => Promise<void> | void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog: Enter sends it, Not now leaves it. */
export function FormDialog(props: FormDialogProps) {
  const { title, description, submitLabel, busy, disabled, problem, footerNote } = props;
  const { onSubmit, onClose, children } = props;
  const formId = useId();
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      busy={busy}
      title={title}
      description={description}
      {...(footerNote === undefined ? {} : { footerNote })}
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            Not now
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={busy} disabled={disabled}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        {problem ? <Notice tone="warning">{problem}</Notice> : null}
        {children}
      </form>
    </Dialog>
  );
}
