import { describe, expect, it } from "vitest";
import { type Attempts, countWrongTry, delayAfter, describeWait, waitingTime } from "./back-off.ts";

const start = new Date("2026-11-01T12:00:00Z");

function wrongTries(tries: number): Attempts {
  let attempts: Attempts | undefined;
  for (let i = 0; i < tries; i++) attempts = countWrongTry(attempts, start);
  if (!attempts) throw new Error("at least one try");
  return attempts;
}

describe("the delay after wrong tries", () => {
  it("is nothing for four, then grows from half a minute to a quarter of an hour", () => {
    expect([1, 4, 5, 6, 7, 9, 10, 11, 5000].map(delayAfter)).toEqual([
      0, 0, 30_000, 60_000, 120_000, 480_000, 900_000, 900_000, 900_000,
    ]);
  });

  it("is counted from the last try", () => {
    expect(waitingTime(wrongTries(4), start)).toBe(0);
    expect(waitingTime(wrongTries(5), start)).toBe(30_000);
    expect(waitingTime(wrongTries(5), new Date(start.getTime() + 30_000))).toBe(0);
    expect(waitingTime(undefined, start)).toBe(0);
  });

  it("starts anew when the last try is an hour old", () => {
    expect(countWrongTry(wrongTries(9), new Date(start.getTime() + 3_599_999)).failedCount).toBe(10);
    expect(countWrongTry(wrongTries(9), new Date(start.getTime() + 3_600_000)).failedCount).toBe(1);
  });

  it("is said in seconds, then in minutes", () => {
    expect([1, 30_000, 89_001, 120_000].map(describeWait)).toEqual([
      "1 second",
      "30 seconds",
      "2 minutes",
      "2 minutes",
    ]);
  });
});
