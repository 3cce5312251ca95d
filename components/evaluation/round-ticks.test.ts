import { expect, it } from "vitest";
import { roundTicks } from "./round-ticks.ts";

it("covers a range with round numbers", () => {
  expect(roundTicks(0.3, 4.4)).toEqual({ range: [0, 5], ticks: [0, 1, 2, 3, 4, 5] });
  expect(roundTicks(-12, 31).ticks).toEqual([-20, -10, 0, 10, 20, 30, 40]);
  expect(roundTicks(0, 0.9).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
});

it("gives a range without width some width", () => {
  const { range } = roundTicks(5, 5);
  expect(range[0]).toBeLessThanOrEqual(5);
  expect(range[1]).toBeGreaterThan(5);
});
