import type { LiveEvent } from "#lib/live/model.ts";

const measurements = new Set(["log", "metrics", "usage"]);

/** Whether an event only says that more was measured or printed: lists and counts stay as they are. */
export function isMeasurement({ event }: Pick<LiveEvent, "event">): boolean {
  return measurements.has(event);
}
