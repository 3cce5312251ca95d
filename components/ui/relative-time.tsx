"use client";

import { formatDuration, formatElapsed } from "#lib/core/duration.ts";
import { cn } from "./cn.ts";
import { formatDate, formatExact, formatRelative, missing } from "./format.ts";
import { useNow } from "./use-now.ts";

export interface RelativeTimeProps {
  /** UTC milliseconds, or what `Date` reads. */
  at: number | string | Date;
  className?: string | undefined;
}

/** "5 min ago"; the exact time on hover. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const now = useNow(1_000);
  const ms = new Date(at).getTime();
  const fresh = Math.max(now, Date.now() - 1_000);
  return (
    <time
      dateTime={new Date(ms).toISOString()}
      title={now === 0 ? undefined : formatExact(ms)}
      suppressHydrationWarning
      className={cn("whitespace-nowrap tabular-nums", className)}
    >
      {now === 0 ? formatDate(ms, ms) : formatRelative(ms, fresh)}
    </time>
  );
}

export interface DurationProps {
  /** A finished length in milliseconds … */
  ms?: number | null | undefined;
  /** … or a start, in UTC milliseconds, from which it counts up. */
  since?: number | null | undefined;
  className?: string | undefined;
}

export function Duration({ ms, since, className }: DurationProps) {
  return (
    <span className={cn("tabular-nums", className)}>
      {typeof since === "number" ? (
        <Running since={since} />
      ) : typeof ms === "number" ? (
        formatDuration(ms)
      ) : (
        missing
      )}
    </span>
  );
}

function Running({ since }: { since: number }) {
  const now = useNow(1_000);
  return <>{now === 0 ? missing : formatElapsed(now - since)}</>;
}
