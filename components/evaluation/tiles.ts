import type { EvaluationInput } from "./evaluation-model.ts";
import { metricWord } from "./evaluation-words.ts";
import type { MetricTile } from "./metric-tiles.tsx";

/** The tile of one metric, with its change against another input; null where the metric is not known. */
export function metricTile(
  key: string,
  main: EvaluationInput,
  other: EvaluationInput | undefined,
  against: string,
): MetricTile | null {
  const value = main.metrics[key];
  if (value === undefined || value === null) return null;
  const { label, better, format } = metricWord(key);
  const before = other?.metrics[key];
  if (before === undefined || before === null) return { label, value: format(value) };
  const difference = value - before;
  return {
    label,
    value: format(value),
    change: { difference, text: format(Math.abs(difference)), better, against },
  };
}

/** A tile of each metric there is, in the order they were written. */
export function metricTiles(
  main: EvaluationInput,
  other: EvaluationInput | undefined,
  against: string,
): MetricTile[] {
  return Object.keys(main.metrics).flatMap((key) => metricTile(key, main, other, against) ?? []);
}
