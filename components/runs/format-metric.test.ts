import { expect, it } from "vitest";
import { formatChange, formatMetric } from "./format-metric.ts";

it("shows four digits", () => {
  expect([0.26996, 0.84, 12.3456, 1234.56, 7, -0.5].map(formatMetric)).toEqual([
    "0.2700",
    "0.8400",
    "12.35",
    "1,235",
    "7",
    "−0.5000",
  ]);
  expect([0.00001234, null, undefined].map(formatMetric)).toEqual(["1.234e−5", "NaN", "–"]);
});

it("shows a difference as exactly as its value", () => {
  expect(formatChange(-0.00244, 0.8101)).toBe("0.0024");
  expect(formatChange(0.00003, 0.5039)).toBe("<0.0001");
  expect(formatChange(3, 7)).toBe("3");
});
