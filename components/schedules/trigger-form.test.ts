import { expect, it } from "vitest";
import { describeTrigger, type TriggerForm, writeTrigger } from "./trigger-form.ts";

const form: TriggerForm = {
  kind: "interval",
  every: "2",
  unit: "week",
  time: "03:30",
  weekDay: "friday",
  expression: " 0 3 * * 1-5 ",
  timeZone: "Europe/Berlin",
};

it("writes a trigger as a schedule file has it", () => {
  expect(writeTrigger(form)).toEqual({
    type: "recurrence",
    frequency: "week",
    interval: 2,
    schedule: { hours: [3], minutes: [30], week_days: ["friday"] },
    time_zone: "Europe/Berlin",
  });
  expect(writeTrigger({ ...form, unit: "hour" })).toEqual({
    type: "recurrence",
    frequency: "hour",
    interval: 2,
    time_zone: "Europe/Berlin",
  });
  expect(writeTrigger({ ...form, kind: "cron" })).toEqual({
    type: "cron",
    expression: "0 3 * * 1-5",
    time_zone: "Europe/Berlin",
  });
});

it("says a trigger in words", () => {
  expect(describeTrigger(writeTrigger(form))).toBe("Every 2 weeks on Friday at 03:30, Europe/Berlin");
  expect(describeTrigger({ type: "recurrence", frequency: "minute", interval: 1 })).toBe("Every minute, UTC");
  expect(describeTrigger({ type: "cron", expression: "0 3 * * *", time_zone: "UTC" })).toBe("0 3 * * *, UTC");
  expect(
    describeTrigger({
      type: "recurrence",
      frequency: "month",
      interval: 1,
      schedule: { hours: [8, 20], month_days: [1, 15] },
    }),
  ).toBe("Every month on day 1, day 15 at 08:00, 20:00, UTC");
});
