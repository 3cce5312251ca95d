import { Cron } from "croner";
import { invalid } from "#lib/core/errors.ts";
import type { TriggerSpec } from "#lib/spec/kinds/schedule.ts";
import { dayNumber, findTimeZone, type LocalTime, localTime, momentOf } from "./time-zone.ts";

type Recurrence = Extract<TriggerSpec, { type: "recurrence" }>;

const unitMs = { minute: 60_000, hour: 3_600_000 } as const;
const weekDayNumbers: Record<string, number> = {
  sunday: 0,
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
};
/** Candidates that are looked at before a rule counts as one that never comes, such as the 31st of every February. */
const maxCandidates = 4000;

/**
 * The first time after `after` at which a trigger fires, or null when there is none. `anchor` is when the schedule was made:
 * intervals are counted from the start time, else from there. Throws `VALIDATION_FAILED` for a trigger that means nothing.
 */
export function nextTime(trigger: TriggerSpec, after: Date, anchor: Date): Date | null {
  const zone = findTimeZone(trigger.time_zone);
  if (zone === null) {
    throw invalid(
      "trigger.time_zone",
      `“${trigger.time_zone}” is no time zone. Write one such as Europe/Berlin.`,
    );
  }
  const start = trigger.start_time === undefined ? null : momentOf(trigger.start_time, zone);
  const end = trigger.end_time === undefined ? null : momentOf(trigger.end_time, zone);
  // What happens at the start itself counts.
  const from = start && start.getTime() > after.getTime() ? new Date(start.getTime() - 1) : after;
  const found =
    trigger.type === "cron"
      ? cron(trigger.expression, zone).nextRun(from)
      : nextRecurrence(trigger, from, start ?? anchor, zone);
  return found && (!end || found.getTime() <= end.getTime()) ? found : null;
}

function cron(expression: string, timezone: string): Cron {
  if (expression.trim().split(/\s+/).length !== 5)
    throw invalid(
      "trigger.expression",
      "must have five fields: minute, hour, day, month, day of the week.",
      expression,
    );
  try {
    return new Cron(expression, { timezone, paused: true });
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, "") : "";
    throw invalid("trigger.expression", `is no cron expression: ${why}`, expression);
  }
}

function nextRecurrence(trigger: Recurrence, from: Date, anchor: Date, zone: string): Date | null {
  const { frequency, interval } = trigger;
  if (frequency === "minute" || frequency === "hour") {
    const step = interval * unitMs[frequency];
    const passed = Math.floor((from.getTime() - anchor.getTime()) / step) + 1;
    return new Date(anchor.getTime() + Math.max(0, passed) * step);
  }
  const first = localTime(anchor, zone);
  const rule = cron(patternOf(trigger, first), zone);
  let at: Date | null = from;
  for (let count = 0; count < maxCandidates; count++) {
    at = rule.nextRun(at);
    if (!at || inTurn(trigger, localTime(at, zone), first)) return at;
  }
  return null;
}

/** The times inside a day, week or month as a cron expression; what is not said is as at the anchor. */
function patternOf({ frequency, schedule }: Recurrence, first: LocalTime): string {
  const hours = schedule?.hours ?? [first.hour];
  const minutes = schedule?.minutes ?? [schedule?.hours ? 0 : first.minute];
  const list = (numbers: readonly number[]) => [...new Set(numbers)].join(",");
  const clock = `${list(minutes)} ${list(hours)}`;
  if (frequency === "month") return `${clock} ${list(schedule?.month_days ?? [first.day])} * *`;
  const said = schedule?.week_days?.map((day) => weekDayNumbers[day] ?? 0);
  if (frequency === "week") return `${clock} * * ${list(said ?? [weekDayOf(first)])}`;
  return `${clock} * * ${said ? list(said) : "*"}`;
}

function weekDayOf(time: LocalTime): number {
  return new Date(Date.UTC(time.year, time.month - 1, time.day)).getUTCDay();
}

/** Whether a day belongs to every n-th day, week (from Monday) or month, counted from the anchor. */
function inTurn({ frequency, interval }: Recurrence, at: LocalTime, first: LocalTime): boolean {
  if (frequency === "month") return ((at.year - first.year) * 12 + at.month - first.month) % interval === 0;
  if (frequency === "day") return (dayNumber(at) - dayNumber(first)) % interval === 0;
  // 1970 began on a Thursday.
  const week = (time: LocalTime) => Math.floor((dayNumber(time) + 3) / 7);
  return (week(at) - week(first)) % interval === 0;
}
