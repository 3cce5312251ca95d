import { plural } from "#components/ui/format.ts";
import type { ComputeTarget } from "#lib/computes/model.ts";

/** “1 of 2 slots free, 3 runs wait”. */
export function describeSlots(
  target: Pick<ComputeTarget, "maxInstances" | "runningCount" | "queuedCount">,
): string {
  const free = Math.max(0, target.maxInstances - target.runningCount);
  const waiting = target.queuedCount === 0 ? "" : `, ${plural(target.queuedCount, "run waits", "runs wait")}`;
  return `${free} of ${plural(target.maxInstances, "slot")} free${waiting}`;
}

/** 4096 → “4 GiB”, 512 → “512 MiB”. */
export function formatMib(mib: number): string {
  return mib < 1024 ? `${Math.round(mib)} MiB` : `${Math.round((mib / 1024) * 10) / 10} GiB`;
}

export const providerWords: Record<string, string> = {
  docker: "Containers",
  local: "Processes",
};
