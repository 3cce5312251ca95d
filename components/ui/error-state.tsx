"use client";

import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { CopyButton } from "./copy-button.tsx";
import { describeError } from "./describe-error.ts";
import { StatusIcon } from "./status-icon.tsx";

export interface ErrorStateProps {
  /** What was thrown; its words fill `title` and `children` unless they are given. */
  error?: unknown;
  /** What stopped. */
  title?: ReactNode;
  /** Why. */
  children?: ReactNode;
  /** What to do next, as buttons of size `sm`. */
  actions?: ReactNode;
  /** Adds "Try again". */
  onRetry?: (() => void) | undefined;
  /** Adds "Copy details". */
  details?: string | undefined;
  tone?: "failed" | "warning" | undefined;
  className?: string | undefined;
}

/** Stands where the work is. */
export function ErrorState(props: ErrorStateProps) {
  const { error, title, children, actions, onRetry, tone = "failed", className } = props;
  const known = error === undefined || error === null ? undefined : describeError(error);
  const details = props.details ?? known?.details;
  const why = children ?? known?.why;
  return (
    <div
      role="alert"
      className={cn(
        "flex gap-3 rounded-card border p-4",
        tone === "failed" ? "border-failed bg-failed-tint" : "border-warning bg-warning-tint",
        className,
      )}
    >
      <StatusIcon kind={tone} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="text-name break-words text-ink">{title ?? known?.what}</p>
        {why === undefined ? null : <div className="mt-0.5 text-secondary break-words text-ink-2">{why}</div>}
        {actions === undefined && onRetry === undefined && details === undefined ? null : (
          <div className="mt-2.5 flex flex-wrap items-center gap-2">
            {actions}
            {onRetry === undefined ? null : (
              <Button size="sm" icon={<RefreshCw size={14} />} onClick={onRetry}>
                Try again
              </Button>
            )}
            {details === undefined ? null : (
              <CopyButton text={details} label="Copy details" size="sm" variant="quiet" />
            )}
          </div>
        )}
      </div>
    </div>
  );
}

/** A notice that is no error: one line or two, with an icon. */
export function Notice({
  tone = "warning",
  children,
  actions,
  className,
}: {
  tone?: "warning" | "info" | "good" | undefined;
  children: ReactNode;
  actions?: ReactNode;
  className?: string | undefined;
}) {
  const fill = { warning: "bg-warning-tint", info: "bg-running-tint", good: "bg-completed-tint" }[tone];
  const kind = ({ warning: "warning", info: "running", good: "completed" } as const)[tone];
  return (
    <div
      className={cn("flex items-start gap-2 rounded-control px-3 py-2 text-body text-ink", fill, className)}
    >
      <StatusIcon
        kind={kind}
        size={14}
        progress={kind === "running" ? 0.62 : undefined}
        className="mt-[3px]"
      />
      <div className="min-w-0 flex-1">{children}</div>
      {actions}
    </div>
  );
}
