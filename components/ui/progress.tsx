import { cn } from "./cn.ts";

export interface ProgressProps {
  /** From 0 to 1; null when nobody knows. */
  value: number | null;
  /** The accessible name. */
  label: string;
  tone?: "running" | "accent" | "bar" | "failed" | "warning" | undefined;
  className?: string | undefined;
}

const fills = {
  running: "bg-running",
  accent: "bg-accent",
  bar: "bg-bar",
  failed: "bg-failed",
  warning: "bg-warning",
};

/** A bar 4 high. Values change without animation. */
export function Progress({ value, label, tone = "running", className }: ProgressProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share === null ? {} : { "aria-valuenow": Math.round(share * 100) })}
      className={cn("h-1 w-full overflow-hidden rounded-full bg-active", className)}
    >
      <div
        className={cn("h-full rounded-full", fills[tone], share === null && "breathe w-1/3")}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}

/** One block per slot: "5 of 8 slots". */
export function Slots({ used, total, label }: { used: number; total: number; label: string }) {
  return (
    <div role="img" aria-label={label} className="flex h-1 w-full gap-0.5">
      {Array.from({ length: total }, (_, index) => (
        <span
          key={index}
          className={cn("min-w-0.5 flex-1 rounded-[1px]", index < used ? "bg-running" : "bg-line-2")}
        />
      ))}
    </div>
  );
}
