import { expect, test } from "vitest";
import {
  alignSeries,
  type ChartSeries,
  lastPoint,
  sampleIndexes,
  smooth,
  spreadLabels,
  valueAt,
} from "./chart-data.ts";
import { lookOf, seriesStyle } from "./series-style.ts";
import { formatTicks, tickSteps } from "./ticks.ts";

const train: ChartSeries = { id: "t", label: "train", x: [0, 1, 2, 3], y: [1, 2, Number.NaN, 4] };
const valid: ChartSeries = { id: "v", label: "valid", x: [1, 5], y: [10, null] };

test("series with steps of their own share one axis; gaps and absences differ", () => {
  expect(alignSeries([train, valid])).toEqual([
    [0, 1, 2, 3, 5],
    [1, 2, null, 4, undefined],
    [undefined, 10, undefined, undefined, null],
  ]);
});

test("smoothing begins at the first value and leaves gaps", () => {
  const values = smooth([2, null, 4], 0.5);
  expect(values[0]).toBeCloseTo(2);
  expect(values[1]).toBeNull();
  expect(values[2]).toBeCloseTo(10 / 3);
  expect(smooth([1, 2], 0)).toEqual([1, 2]);
});

test("the value under the cursor is the last one known, within the series", () => {
  expect(valueAt(train, 1.7)).toBe(2);
  expect(valueAt(train, 2)).toBeNull();
  expect(valueAt(train, 9)).toBeNull();
  expect(valueAt(valid, 0)).toBeNull();
  expect(lastPoint(valid)).toEqual({ x: 1, y: 10 });
});

test("a sample keeps the ends", () => {
  expect(sampleIndexes(3, 10)).toEqual([0, 1, 2]);
  const sample = sampleIndexes(100_000, 200);
  expect(sample).toHaveLength(200);
  expect([sample[0], sample.at(-1)]).toEqual([0, 99_999]);
});

test("end labels keep their distance and their order", () => {
  expect(spreadLabels([50, 52, 10], 14, 0, 100)).toEqual([50, 64, 10]);
  expect(spreadLabels([98, 99], 14, 0, 100)).toEqual([86, 100]);
});

test("each of the six looks differs in colour, dash and marker; more are grey", () => {
  const looks = [0, 1, 2, 3, 4, 5].map(seriesStyle);
  for (const part of ["colour", "marker"] as const)
    expect(new Set(looks.map((look) => look[part])).size).toBe(6);
  expect(new Set(looks.map((look) => look.dash.join())).size).toBe(6);
  expect(seriesStyle(6).colour).toBe("--chart-other");
});

test("the only series of a chart may be solid, in its own colour", () => {
  expect(lookOf({ look: 2, solid: true }, 0)).toEqual({ colour: "--chart-3", dash: [], marker: "disc" });
});

test("ticks of an axis have the same decimals", () => {
  expect(formatTicks([0.75, 0.8, 0.85], 0.05)).toEqual(["0.75", "0.80", "0.85"]);
  expect(formatTicks([0, 0.5, 1], 0.5)).toEqual(["0.0", "0.5", "1.0"]);
  expect(formatTicks([-20, 0, 20], 20)).toEqual(["−20", "0", "20"]);
  expect(formatTicks([0, 20_000, 40_000], 20_000)).toEqual(["0", "20k", "40k"]);
  expect(tickSteps("step")?.[0]).toBe(1);
  expect(tickSteps("duration")).toContain(120_000);
});
