"use client";

import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";
import { StatusIcon } from "./status-icon.tsx";

export interface FieldProps {
  label: ReactNode;
  /** One control: it is given `id`, `aria-describedby` and `aria-invalid`. */
  children: ReactElement<Record<string, unknown>>;
  help?: ReactNode;
  /** What to enter instead. */
  error?: string | undefined;
  /** The value of the last run: an amber dot and "was 0.02". */
  was?: string | undefined;
  /** Right of the label, and after the control for who goes from one to the next by Tab: a link, a tag. */
  aside?: ReactNode;
  optional?: boolean | undefined;
  className?: string | undefined;
}

export function Field({ label, children, help, error, was, aside, optional, className }: FieldProps) {
  const made = useId();
  const id = typeof children.props.id === "string" ? children.props.id : made;
  const noteId = `${id}-note`;
  const wasId = `${id}-was`;
  const note = error !== undefined || help !== undefined;
  const describedBy = [note ? noteId : "", was === undefined ? "" : wasId].filter(Boolean).join(" ");
  return (
    <div
      className={cn("grid min-w-0 grid-cols-[minmax(0,1fr)_auto] content-start gap-x-2 gap-y-1", className)}
    >
      <div className="flex min-w-0 items-center gap-2">
        <label htmlFor={id} className="text-label text-ink-2">
          {label}
          {optional ? <span className="font-normal text-ink-3"> optional</span> : null}
        </label>
        {was === undefined ? null : (
          <span id={wasId} className="flex flex-none items-center gap-1 text-secondary text-ink-3">
            <span aria-hidden="true" className="size-1.5 rounded-full bg-warning" />
            was {was}
          </span>
        )}
      </div>
      <div className="col-span-2 row-start-2 flex min-w-0 flex-col">
        {cloneElement(children, {
          id,
          ...(describedBy === "" ? {} : { "aria-describedby": describedBy }),
          ...(error === undefined ? {} : { "aria-invalid": true }),
        })}
      </div>
      {aside === undefined ? null : <span className="col-start-2 row-start-1">{aside}</span>}
      {note ? (
        <div
          id={noteId}
          className={cn(
            "col-span-2 row-start-3 flex items-start gap-1 text-secondary",
            error ? "text-failed" : "text-ink-3",
          )}
        >
          {error === undefined ? (
            help
          ) : (
            <>
              <StatusIcon kind="failed" size={12} className="mt-0.5" />
              <span role="alert">{error}</span>
            </>
          )}
        </div>
      ) : null}
    </div>
  );
}
