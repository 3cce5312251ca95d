"use client";

import { useId } from "react";
import { Histogram } from "#components/charts/histogram.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { MetricTiles } from "./metric-tiles.tsx";
import { ScatterPlot } from "./scatter-plot.tsx";
import type { TaskViewProps } from "./task-view.ts";
import { metricTiles } from "./tiles.ts";

/** Numbers: measures, how far off the predictions are, and predicted against actual. */
export function RegressionView({ inputs, names }: TaskViewProps) {
  const id = useId();
  const [main, other] = inputs;
  if (!main) return null;
  return (
    <>
      <MetricTiles tiles={metricTiles(main, other, names[1] ?? "")} />
      <div className="grid gap-px bg-line @4xl:grid-cols-2">
        <section aria-labelledby={id} className="min-w-0 bg-panel p-5">
          <h2 id={id} className="mb-3 text-section">
            Residuals
          </h2>
          <div className="flex flex-col gap-5">
            {inputs.map((input, index) =>
              input.residuals ? (
                <div key={input.name}>
                  {inputs.length > 1 ? (
                    <p className="mb-1 text-secondary text-ink-2">{names[index]}</p>
                  ) : null}
                  <Histogram
                    axes
                    label={`Predicted minus actual, ${names[index] ?? input.name}`}
                    height={inputs.length > 1 ? 100 : 240}
                    bins={input.residuals.counts.map((count, bin) => ({
                      from: input.residuals?.edges[bin] ?? 0,
                      to: input.residuals?.edges[bin + 1] ?? 0,
                      count,
                    }))}
                    formatX={(value) => formatNumber(value, 3)}
                  />
                </div>
              ) : null,
            )}
          </div>
          <p className="mt-1 text-center text-axis text-ink-3">Predicted minus actual</p>
        </section>
        <ScatterPlot
          className="min-w-0 bg-panel p-5"
          inputs={inputs.map(({ residuals }, index) => ({
            name: names[index] ?? "",
            points: residuals?.points ?? [],
          }))}
        />
      </div>
    </>
  );
}
