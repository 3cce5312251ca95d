import type { AlignedData } from "uplot";

export interface ChartSeries {
  id: string;
  label: string;
  /** Steps or times, rising. */
  x: readonly number[];
  /** As many as `x`; null where there is none. NaN and infinities are drawn as gaps. */
  y: readonly (number | null)[];
  /** Its place in the fixed order of looks, so that a run keeps its colour on the whole page; by default its place here. */
  look?: number | undefined;
  /** A line of its own, without the dash and marker that tell it from others: for the only series of a chart. */
  solid?: boolean | undefined;
  /** It still grows: ends in a dot with a halo. */
  live?: boolean | undefined;
}

/** Exponential smoothing with the start put right, from 0 (none) to below 1. Gaps stay gaps. */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  if (weight <= 0) return [...values];
  let last = 0;
  let seen = 0;
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return null;
    last = last * weight + (1 - weight) * value;
    seen++;
    return last / (1 - weight ** seen);
  });
}

/**
 * Puts series with steps of their own on one axis: all x, rising, once. Where a series has no point it gets `undefined`,
 * over which its line goes on; null stays a gap.
 */
export function alignSeries(series: readonly ChartSeries[], weight = 0): AlignedData {
  const all = [...new Set(series.flatMap((one) => [...one.x]))].sort((a, b) => a - b);
  const place = new Map(all.map((x, index) => [x, index]));
  const columns = series.map((one) => {
    const column: (number | null | undefined)[] = new Array(all.length).fill(undefined);
    const values = smooth(one.y, weight);
    one.x.forEach((x, index) => {
      const value = values[index];
      const at = place.get(x);
      if (at !== undefined) column[at] = typeof value === "number" && Number.isFinite(value) ? value : null;
    });
    return column;
  });
  return [all, ...columns] as AlignedData;
}

/** The last finite point of a series. */
export function lastPoint(series: ChartSeries): { x: number; y: number } | null {
  for (let index = series.x.length - 1; index >= 0; index--) {
    const x = series.x[index];
    const y = series.y[index];
    if (x !== undefined && typeof y === "number" && Number.isFinite(y)) return { x, y };
  }
  return null;
}

/** The value at x, or the nearest one before it; null before the first point and after the last. */
export function valueAt(series: ChartSeries, x: number): number | null {
  let low = 0;
  let high = series.x.length - 1;
  const end = series.x[high];
  if (end === undefined || x > end) return null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((series.x[middle] ?? 0) <= x) low = middle + 1;
    else high = middle - 1;
  }
  const value = high < 0 ? null : series.y[high];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Evenly chosen indexes, the first and last among them. */
export function sampleIndexes(length: number, max: number): number[] {
  if (length <= max) return Array.from({ length }, (_, index) => index);
  return Array.from({ length: max }, (_, index) => Math.round((index * (length - 1)) / (max - 1)));
}

/** Moves label positions apart so that none is nearer than `gap` to the next; the order stays. */
export function spreadLabels(positions: readonly number[], gap: number, low: number, high: number): number[] {
  const order = positions.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  let floor = low;
  for (const one of order) {
    one.y = Math.max(one.y, floor);
    floor = one.y + gap;
  }
  let ceiling = high;
  for (const one of [...order].reverse()) {
    one.y = Math.min(one.y, ceiling);
    ceiling = one.y - gap;
  }
  const result: number[] = new Array(positions.length).fill(0);
  for (const one of order) result[one.index] = one.y;
  return result;
}
