import type { Curves } from "./evaluation-model.ts";

/** What one threshold makes of the rows: from it on a row is called positive. */
export interface Counts {
  threshold: number;
  tp: number;
  fp: number;
  tn: number;
  fn: number;
}

export interface Rates {
  accuracy: number;
  /** NaN where no row is called positive. */
  precision: number;
  recall: number;
  specificity: number;
  f1: number;
  falsePositiveRate: number;
  /** The share of rows that are called positive. */
  calledShare: number;
}

/** The place of the threshold that is nearest to a value; of two as near the lower. */
export function nearestIndex(thresholds: readonly number[], value: number): number {
  let best = 0;
  for (let index = 1; index < thresholds.length; index++) {
    const here = Math.abs((thresholds[index] ?? 0) - value);
    if (here < Math.abs((thresholds[best] ?? 0) - value)) best = index;
  }
  return best;
}

/** A threshold as it is written down: six places, rounded down so that a row of just this score stays on its side. */
export function plainThreshold(threshold: number): number {
  return Math.floor(threshold * 1e6 + 1e-6) / 1e6;
}

export function countsAt(curves: Curves, index: number): Counts {
  const at = (values: readonly number[]) => values[index] ?? 0;
  return {
    threshold: at(curves.thresholds),
    tp: at(curves.tp),
    fp: at(curves.fp),
    tn: at(curves.tn),
    fn: at(curves.fn),
  };
}

export function ratesOf({ tp, fp, tn, fn }: Omit<Counts, "threshold">): Rates {
  const rows = tp + fp + tn + fn;
  return {
    accuracy: (tp + tn) / rows,
    precision: tp / (tp + fp),
    recall: tp / (tp + fn),
    specificity: tn / (tn + fp),
    f1: (2 * tp) / (2 * tp + fp + fn),
    falsePositiveRate: fp / (fp + tn),
    calledShare: (tp + fp) / rows,
  };
}

/** The accuracy of calling every row by the more frequent class. */
export function majorityShare({ tp, fp, tn, fn }: Omit<Counts, "threshold">): number {
  return Math.max(tp + fn, tn + fp) / (tp + fp + tn + fn);
}

function bestIndex(curves: Curves, value: (counts: Counts) => number): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  curves.thresholds.forEach((_, index) => {
    const here = value(countsAt(curves, index));
    if (here > most) [best, most] = [index, here];
  });
  return best;
}

/** The threshold with the highest F1; of equal ones the lowest. */
export function bestF1Index(curves: Curves): number {
  return bestIndex(curves, (counts) => ratesOf(counts).f1 || 0);
}

export interface Costs {
  /** What a positive row that is not found costs. */
  miss: number;
  /** What a negative row that is called positive costs. */
  falseAlarm: number;
}

export function costOf({ fp, fn }: Pick<Counts, "fp" | "fn">, costs: Costs): number {
  return fn * costs.miss + fp * costs.falseAlarm;
}

/** The threshold at which mistakes cost least; of equal ones the lowest. */
export function cheapestIndex(curves: Curves, costs: Costs): number {
  return bestIndex(curves, (counts) => -costOf(counts, costs));
}

export type Point = readonly [x: number, y: number];

/** False positive rate against recall, from (0, 0) to (1, 1). */
export function rocPoints(curves: Curves): Point[] {
  const points = curves.thresholds.map((_, index): Point => {
    const { falsePositiveRate, recall } = ratesOf(countsAt(curves, index));
    return [falsePositiveRate || 0, recall || 0];
  });
  return withEnds(points.reverse(), [0, 0], [1, 1]);
}

/** Recall against precision; thresholds that find nothing say nothing of precision and are left out. */
export function precisionRecallPoints(curves: Curves): Point[] {
  return curves.thresholds
    .map((_, index): Point => {
      const { precision, recall } = ratesOf(countsAt(curves, index));
      return [recall, precision];
    })
    .filter(([recall, precision]) => recall > 0 && Number.isFinite(precision))
    .reverse();
}

function withEnds(points: Point[], first: Point, last: Point): Point[] {
  const same = (a: Point | undefined, b: Point) => a?.[0] === b[0] && a[1] === b[1];
  return [
    ...(same(points[0], first) ? [] : [first]),
    ...points,
    ...(same(points.at(-1), last) ? [] : [last]),
  ];
}

/** Bars on a square root scale, so that rare scores can be seen beside frequent ones: 0 to 1. */
export function barHeight(count: number, most: number): number {
  return most <= 0 ? 0 : Math.sqrt(count / most);
}
