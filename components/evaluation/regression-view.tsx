"use client";

import { useId } from "react";
import { Histogram } from "#components/charts/histogram.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { MetricTiles } from "./metric-tiles.tsx";
import { residualBins } from "./residual-bins.ts";
import { ScatterPlot } from "./scatter-plot.tsx";
import type { TaskViewProps } from "./task-view.ts";
import { metricTiles } from "./tiles.ts";

/** Numbers: measures, how far off the predictions are, and predicted against actual. */
export function RegressionView({ inputs, names }: TaskViewProps) {
  const id = useId();
  const [main, other] = inputs;
  if (!main) return null;
  const known = inputs.flatMap(({ residuals, name }, index) =>
    residuals ? [{ name: names[index] ?? name, residuals }] : [],
  );
  const bins = residualBins(known.map(({ residuals }) => residuals));
  return (
    <>
      <MetricTiles tiles={metricTiles(main, other, names[1] ?? "")} />
      <div className="grid gap-px bg-line @4xl:grid-cols-2">
        <section aria-labelledby={id} className="min-w-0 bg-panel p-5">
          <h2 id={id} className="mb-3 text-section">
            Residuals
          </h2>
          <div className="flex flex-col gap-5">
            {known.map(({ name }, index) => (
              <div key={name}>
                {known.length > 1 ? <p className="mb-1 text-secondary text-ink-2">{name}</p> : null}
                <Histogram
                  axes
                  label={`Predicted minus actual, ${name}`}
                  height={known.length > 1 ? 100 : 240}
                  bins={bins[index] ?? []}
                  formatX={(value) => formatNumber(value, 3)}
                />
              </div>
            ))}
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
