import type { JsonMap } from "./types.ts";
import { isMap, sameValue } from "./values.ts";

/** `present` with what differs between two other states of it; the rest, changed by others meanwhile, stays. */
export function withDifference(present: JsonMap, before: JsonMap, after: JsonMap): JsonMap {
  const result: JsonMap = { ...present };
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) delete result[key];
  for (const [key, next] of Object.entries(after)) {
    const old = before[key];
    if (Object.hasOwn(before, key) && sameValue(old, next)) continue;
    const now = present[key];
    result[key] = isMap(old) && isMap(next) && isMap(now) ? withDifference(now, old, next) : next;
  }
  return result;
}
