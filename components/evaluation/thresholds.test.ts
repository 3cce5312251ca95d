import { expect, it } from "vitest";
import {
  bestF1Index,
  cheapestIndex,
  costOf,
  countsAt,
  majorityShare,
  nearestIndex,
  plainThreshold,
  precisionRecallPoints,
  ratesOf,
  rocPoints,
} from "./thresholds.ts";

/** Ten rows by score: 0.1 n, 0.2 n, 0.3 n, 0.4 p, 0.5 n, 0.6 n, 0.7 p, 0.8 n, 0.9 p, 0.95 p. */
const rows = [
  [0.1, 0],
  [0.2, 0],
  [0.3, 0],
  [0.4, 1],
  [0.5, 0],
  [0.6, 0],
  [0.7, 1],
  [0.8, 0],
  [0.9, 1],
  [0.95, 1],
] as const;
const thresholds = [0, 0.25, 0.5, 0.65, 0.75, 1];
const count = (test: (score: number, label: number) => boolean) =>
  rows.filter(([score, label]) => test(score, label)).length;
const curves = {
  thresholds,
  tp: thresholds.map((t) => count((score, label) => score >= t && label === 1)),
  fp: thresholds.map((t) => count((score, label) => score >= t && label === 0)),
  tn: thresholds.map((t) => count((score, label) => score < t && label === 0)),
  fn: thresholds.map((t) => count((score, label) => score < t && label === 1)),
};

it("finds the counts of the threshold that is nearest", () => {
  expect(nearestIndex(thresholds, 0.6)).toBe(3);
  expect(nearestIndex(thresholds, 0.125)).toBe(0);
  expect(countsAt(curves, 3)).toEqual({ threshold: 0.65, tp: 3, fp: 1, tn: 5, fn: 1 });
});

it("computes the rates by hand", () => {
  const rates = ratesOf(countsAt(curves, 2));
  expect(rates.accuracy).toBeCloseTo(0.6);
  expect(rates.precision).toBeCloseTo(0.5);
  expect(rates.recall).toBeCloseTo(0.75);
  expect(rates.specificity).toBeCloseTo(0.5);
  expect(rates.f1).toBeCloseTo(0.6);
  expect(rates.calledShare).toBeCloseTo(0.6);
  expect(ratesOf(countsAt(curves, 5)).precision).toBeNaN();
  expect(majorityShare(countsAt(curves, 0))).toBeCloseTo(0.6);
});

it("finds the threshold with the best F1, and the one whose mistakes cost least", () => {
  expect(thresholds[bestF1Index(curves)]).toBe(0.65);
  expect(thresholds[cheapestIndex(curves, { miss: 10, falseAlarm: 1 })]).toBe(0.25);
  expect(thresholds[cheapestIndex(curves, { miss: 1, falseAlarm: 10 })]).toBe(1);
  expect(costOf(countsAt(curves, 3), { miss: 5, falseAlarm: 2 })).toBe(7);
});

it("draws ROC from corner to corner and leaves out what has no precision", () => {
  const roc = rocPoints(curves);
  expect(roc[0]).toEqual([0, 0]);
  expect(roc.at(-1)).toEqual([1, 1]);
  expect(roc.map(([x]) => x)).toEqual([...roc.map(([x]) => x)].sort((a, b) => a - b));
  const curve = precisionRecallPoints(curves);
  expect(curve).toHaveLength(5);
  expect(curve.at(-1)).toEqual([1, 0.4]);
});

it("writes a threshold down without crossing it", () => {
  expect([0.23, 0.29, 1, 0].map(plainThreshold)).toEqual([0.23, 0.29, 1, 0]);
  expect(plainThreshold(0.2297385620915)).toBe(0.229738);
});
