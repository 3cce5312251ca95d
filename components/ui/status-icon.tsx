import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { type StatusKind, statusTone, statusWord, toneText } from "./status.ts";

export interface StatusIconProps {
  kind: StatusKind;
  /** 16 by default; 14 in rows, 12 in tags. */
  size?: number | undefined;
  /** From 0 to 1; without it the arc of `running` turns. */
  progress?: number | undefined;
  /** Gives the icon a name of its own, where no word stands beside it. `true` uses the status word. */
  label?: string | true | undefined;
  className?: string | undefined;
}

const ring = 2 * Math.PI * 5.75;

function RunningArc({ progress }: { progress: number | undefined }) {
  const part = Math.min(1, Math.max(0.04, progress ?? 0.62));
  return (
    <>
      <circle cx="8" cy="8" r="5.75" stroke="currentColor" strokeOpacity=".28" strokeWidth="1.75" />
      <circle
        className={progress === undefined ? "spin-arc" : undefined}
        cx="8"
        cy="8"
        r="5.75"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeDasharray={`${(part * ring).toFixed(2)} ${ring.toFixed(2)}`}
        transform={progress === undefined ? undefined : "rotate(-90 8 8)"}
      />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </>
  );
}

const shapes: Record<Exclude<StatusKind, "running">, ReactNode> = {
  queued: <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.7 2.01" />,
  preparing: (
    <>
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.9" strokeDasharray="1.7 2.07" />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </>
  ),
  finalizing: (
    <circle
      cx="8"
      cy="8"
      r="5.75"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeDasharray="31.4 4.73"
      transform="rotate(-68 8 8)"
    />
  ),
  completed: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path
        d="m5 8.2 2.1 2.1L11 6.2"
        stroke="var(--panel)"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  reused: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" fillOpacity=".18" />
      <g stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round">
        <path d="M4.6 7.2A3.5 3.5 0 0 1 11 6M11.4 4.2V6H9.5" />
        <path d="M11.4 8.8A3.5 3.5 0 0 1 5 10M4.6 11.8V10h1.9" />
      </g>
    </>
  ),
  failed: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path
        d="m5.8 5.8 4.4 4.400M10.2 5.8 5.8 10.2"
        stroke="var(--panel)"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
    </>
  ),
  canceled: (
    <>
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.5" />
      <path d="m3.9 12.1 8.2-8.2" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  warning: (
    <>
      <path
        d="M8 2.2 14.6 13.600H1.400z"
        fill="currentColor"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
      <path d="M8 6v3.6" stroke="var(--panel)" strokeWidth="1.6" strokeLinecap="round" />
      <circle cx="8" cy="12" r=".95" fill="var(--panel)" />
    </>
  ),
  paused: (
    <>
      <circle cx="8" cy="8" r="6.2" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M6.4 5.800v4.400M9.6 5.800v4.4"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </>
  ),
};

export function StatusIcon({ kind, size = 16, progress, label, className }: StatusIconProps) {
  const name = label === true ? statusWord[kind] : label;
  const shape = kind === "running" ? <RunningArc progress={progress} /> : shapes[kind];
  const look = cn("flex-none", toneText[statusTone[kind]], className);
  return name ? (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      className={look}
      role="img"
      aria-label={name}
    >
      {shape}
    </svg>
  ) : (
    <svg viewBox="0 0 16 16" width={size} height={size} fill="none" className={look} aria-hidden="true">
      {shape}
    </svg>
  );
}
