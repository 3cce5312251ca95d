"use client";

import { formatExact } from "#components/ui/format.ts";
import { useNow } from "#components/ui/use-now.ts";
import { formatUntil } from "./format-until.ts";

/** "in 5 min"; the exact time on hover. */
export function TimeUntil({ at }: { at: number }) {
  const now = useNow(1_000);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={now === 0 ? undefined : formatExact(at)}
      suppressHydrationWarning
      className="whitespace-nowrap tabular-nums"
    >
      {now === 0 ? "" : formatUntil(at, now)}
    </time>
  );
}
