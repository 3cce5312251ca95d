"use client";

import { formatPercent } from "#components/ui/format.ts";
import { CurvePlot } from "./curve-plot.tsx";
import type { EvaluationInput } from "./evaluation-model.ts";
import { roundTicks } from "./round-ticks.ts";

interface LiftPlotProps {
  inputs: readonly EvaluationInput[];
  names: readonly string[];
  className?: string | undefined;
}

/** How many times as many positives as by chance are among the rows with the highest scores. */
export function LiftPlot({ inputs, names, className }: LiftPlotProps) {
  const lifts = inputs.flatMap(({ lift }) => lift?.map((point) => point.lift) ?? []);
  const y = roundTicks(0, Math.max(1, ...lifts));
  return (
    <CurvePlot
      className={className}
      title="Lift"
      xName="Share of rows, the highest scores first"
      yName="Lift"
      height={200}
      series={inputs.map((input, look) => ({
        name: names[look] ?? input.name,
        points: (input.lift ?? []).map(({ share, lift }) => [share, lift] as const),
        look,
      }))}
      range={{ x: [0, 1], y: y.range }}
      ticks={{ x: [0, 0.25, 0.5, 0.75, 1], y: y.ticks }}
      formatX={(value) => formatPercent(value, 0)}
      formatY={(value) => `${Number(value.toFixed(1))}×`}
      reference={{ from: [0, 1], to: [1, 1], name: "by chance: 1×" }}
    />
  );
}
