import { describe, expect, it } from "vitest";
import { isAppError } from "#lib/core/errors.ts";
import { loadSpecValue } from "#lib/spec/load-text.ts";
import { nextTime } from "./next-time.ts";

const anchor = new Date("2026-01-01T10:30:00Z");

function times(trigger: Record<string, unknown>, after: string, count = 3): string[] {
  const { spec } = loadSpecValue({ name: "s", create_job: "azureml:j", trigger }, { kind: "schedule" });
  const found: string[] = [];
  let at: Date | null = new Date(after);
  while (found.length < count && at) {
    at = nextTime(spec.trigger, at, anchor);
    if (at) found.push(at.toISOString().replace(":00.000Z", ""));
  }
  return found;
}

describe("cron", () => {
  it("knows day and month, and the zone's summer time", () => {
    expect(times({ type: "cron", expression: "15 8 1 3 *" }, "2026-02-01T00:00:00Z", 2)).toEqual([
      "2026-03-01T08:15",
      "2027-03-01T08:15",
    ]);
    const berlin = { type: "cron", expression: "30 9 * * *", time_zone: "W. Europe Standard Time" };
    expect(times(berlin, "2026-03-27T12:00:00Z")).toEqual([
      "2026-03-28T08:30",
      "2026-03-29T07:30",
      "2026-03-30T07:30",
    ]);
  });

  it("keeps to its start and its end, by the zone's clocks", () => {
    const trigger = {
      type: "cron",
      expression: "0 * * * *",
      timezone: "America/New_York",
      start_time: "2026-07-01T08:00:00",
      end_time: "2026-07-01T09:30:00",
    };
    expect(times(trigger, "2026-01-01T00:00:00Z")).toEqual(["2026-07-01T12:00", "2026-07-01T13:00"]);
  });
});

describe("recurrence", () => {
  it("counts minutes and hours from the start, or from when it was made", () => {
    expect(
      times({ type: "recurrence", frequency: "minute", interval: 45 }, "2026-01-01T11:00:00Z", 2),
    ).toEqual(["2026-01-01T11:15", "2026-01-01T12:00"]);
    const late = { type: "recurrence", frequency: "hours", interval: 6, start_time: "2026-02-01T05:00:00Z" };
    expect(times(late, "2026-01-15T00:00:00Z", 2)).toEqual(["2026-02-01T05:00", "2026-02-01T11:00"]);
  });

  it("fires at each of its hours and minutes, every n-th day", () => {
    const trigger = {
      type: "recurrence",
      frequency: "day",
      interval: 2,
      schedule: { hours: [8, 20], minutes: 15 },
    };
    expect(times(trigger, "2026-01-01T12:00:00Z", 4)).toEqual([
      "2026-01-01T20:15",
      "2026-01-03T08:15",
      "2026-01-03T20:15",
      "2026-01-05T08:15",
    ]);
    expect(times({ type: "recurrence", frequency: "day", interval: 1 }, "2026-01-01T12:00:00Z", 1)).toEqual([
      "2026-01-02T10:30",
    ]);
  });

  it("knows weeks and months", () => {
    const weeks = {
      type: "recurrence",
      frequency: "week",
      interval: 2,
      pattern: { hours: 10, minutes: 0, week_days: ["monday", "friday"] },
    };
    expect(times(weeks, "2026-01-01T12:00:00Z", 4)).toEqual([
      "2026-01-02T10:00",
      "2026-01-12T10:00",
      "2026-01-16T10:00",
      "2026-01-26T10:00",
    ]);
    const months = {
      type: "recurrence",
      frequency: "month",
      interval: 1,
      schedule: { hours: 0, minutes: 0, month_days: [31] },
    };
    expect(times(months, "2026-01-31T12:00:00Z", 2)).toEqual(["2026-03-31T00:00", "2026-05-31T00:00"]);
    const never = {
      type: "recurrence",
      frequency: "month",
      interval: 12,
      schedule: { hours: 0, month_days: 30 },
      start_time: "2026-02-01T00:00:00Z",
    };
    expect(times(never, "2026-01-01T00:00:00Z")).toEqual([]);
  });
});

it("says what means nothing", () => {
  const fail = (trigger: Record<string, unknown>) => {
    try {
      times(trigger, "2026-01-01T00:00:00Z");
    } catch (error) {
      if (isAppError(error)) return error.userMessage;
      throw error;
    }
    return "";
  };
  expect(fail({ type: "cron", expression: "* * *" })).toContain("must have five fields");
  expect(fail({ type: "cron", expression: "61 * * * *" })).toContain("is no cron expression");
  expect(fail({ type: "cron", expression: "* * * * *", time_zone: "Mars/Base" })).toContain(
    "“Mars/Base” is no time zone",
  );
  expect(fail({ type: "recurrence", frequency: "fortnight", interval: 1 })).toContain(
    "must be one of minute, hour, day, week, month",
  );
});
