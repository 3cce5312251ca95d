import { expect, it } from "vitest";
import { listTimes } from "./list-times.ts";

const now = new Date("2026-05-01T12:00:00Z");

it("lists the next times of a trigger, and no more than there are", () => {
  const daily = { type: "cron", expression: "0 3 * * *", time_zone: "Europe/Berlin" };
  expect(listTimes(daily, 2, now).map((at) => at.toISOString())).toEqual([
    "2026-05-02T01:00:00.000Z",
    "2026-05-03T01:00:00.000Z",
  ]);
  const ending = { type: "recurrence", frequency: "hour", interval: 1, end_time: "2026-05-01T14:30:00Z" };
  expect(listTimes(ending, 5, now)).toHaveLength(2);
});

it("says what is wrong at its key", () => {
  const read = (trigger: Record<string, unknown>) => () => listTimes(trigger, 1, now);
  expect(read({ type: "cron", expression: "0 3" })).toThrow(/five fields/);
  expect(read({ type: "recurrence", frequency: "hour", interval: 0 })).toThrow(/interval/);
});
