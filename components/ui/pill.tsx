import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { describeRunStatus, type StatusKind, statusTone, statusWord, toneText, toneTint } from "./status.ts";
import { StatusIcon } from "./status-icon.tsx";

export interface PillProps {
  kind: StatusKind;
  /** The word; the status's own by default. */
  children?: ReactNode;
  progress?: number | undefined;
  className?: string | undefined;
}

/** Status icon and word on a tint: for page headers. In rows use `StatusText`. */
export function Pill({ kind, children, progress, className }: PillProps) {
  const tone = statusTone[kind];
  return (
    <span
      className={cn(
        "inline-flex h-[22px] flex-none items-center gap-1.5 whitespace-nowrap rounded-full pr-2 pl-1.5 text-label",
        toneText[tone],
        toneTint[tone],
        className,
      )}
    >
      <StatusIcon kind={kind} size={14} progress={progress} />
      {children ?? statusWord[kind]}
    </span>
  );
}

/** Icon and plain text, for rows and facts. */
export function StatusText({ kind, children, progress, className }: PillProps) {
  return (
    <span className={cn("inline-flex items-center gap-2", className)}>
      <StatusIcon kind={kind} size={14} progress={progress} />
      <span>{children ?? statusWord[kind]}</span>
    </span>
  );
}

export function RunStatusPill({ status, progress }: { status: string; progress?: number | undefined }) {
  const { kind, word } = describeRunStatus(status);
  return (
    <Pill kind={kind} progress={progress}>
      {word}
      {progress === undefined ? null : ` ${Math.round(progress * 100)}%`}
    </Pill>
  );
}
