import { invalid } from "#lib/core/errors.ts";
import { trigger } from "#lib/spec/kinds/schedule.ts";
import { nextTime } from "./next-time.ts";

/** The next times of a trigger in the words of the file. Throws `VALIDATION_FAILED` for one that means nothing. */
export function listTimes(written: Record<string, unknown>, count: number, now: Date): Date[] {
  const read = trigger.safeParse(written);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw invalid(["trigger", ...(issue?.path ?? [])].join("."), issue?.message ?? "is not valid.");
  }
  const times: Date[] = [];
  let at: Date | null = now;
  while (times.length < count) {
    at = nextTime(read.data, at, now);
    if (!at) break;
    times.push(at);
  }
  return times;
}
