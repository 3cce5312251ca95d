"use client";

import { Table2 } from "lucide-react";
import { useId, useState } from "react";
import { SeriesKey } from "#components/charts/marker.tsx";
import { seriesStyle } from "#components/charts/series-style.ts";
import { formatCount, formatNumber } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { PointsTable } from "./points-table.tsx";
import { roundTicks } from "./round-ticks.ts";
import type { Point } from "./thresholds.ts";

interface ScatterPlotProps {
  inputs: readonly { name: string; points: readonly Point[] }[];
  className?: string | undefined;
}

const size = 320;

/** Predicted over actual: the dotted line is where both are the same. */
export function ScatterPlot({ inputs, className }: ScatterPlotProps) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const values = inputs.flatMap(({ points }) => points.flat());
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(low)) return null;
  const { range, ticks } = roundTicks(low, high);
  const at = (value: number) => ((value - range[0]) / (range[1] - range[0])) * 100;
  const number = (value: number) => formatNumber(value, 3);
  const count = inputs.reduce((sum, { points }) => sum + points.length, 0);
  return (
    <section aria-labelledby={id} className={className}>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h2 id={id} className="flex-1 whitespace-nowrap text-section">
          Predicted and actual
        </h2>
        {inputs.length > 1
          ? inputs.map(({ name }, index) => (
              <span key={name} className="flex items-center gap-1.5 text-secondary text-ink-2">
                <SeriesKey index={index} />
                {name}
              </span>
            ))
          : null}
        <IconButton
          label={asTable ? "Show predicted and actual as a chart" : "Show predicted and actual as a table"}
          icon={<Table2 size={14} />}
          size="sm"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      {asTable ? (
        <PointsTable
          title="Predicted and actual"
          xName="Actual"
          yName="Predicted"
          series={inputs.map(({ name, points }, look) => ({ name, points, look }))}
          range={{ x: range, y: range }}
          ticks={{ x: ticks, y: ticks }}
          formatX={number}
          formatY={number}
          height={size}
        />
      ) : (
        <div className="grid max-w-[440px] grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-axis text-ink-3 tabular-nums">
          <div aria-hidden="true" className="relative w-10">
            {ticks.map((tick) => (
              <span
                key={tick}
                className="absolute right-0 translate-y-1/2"
                style={{ bottom: `${at(tick)}%` }}
              >
                {number(tick)}
              </span>
            ))}
          </div>
          <svg
            viewBox="0 0 100 100"
            role="img"
            aria-label={`Predicted against actual, ${formatCount(count)} rows from ${number(low)} to ${number(high)}`}
            className="aspect-square w-full overflow-visible"
          >
            {ticks.map((tick) => (
              <path
                key={tick}
                d={`M${at(tick)} 0V100M0 ${100 - at(tick)}H100`}
                stroke="var(--grid)"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            <path
              d="M0 100L100 0"
              stroke="var(--control)"
              strokeDasharray="2 3"
              vectorEffect="non-scaling-stroke"
            />
            {inputs.map(({ name, points }, look) => (
              <g key={name} fill={`var(${seriesStyle(look).colour})`} fillOpacity=".5">
                {points.map(([actual, predicted], index) =>
                  look === 0 ? (
                    <circle key={index} cx={at(actual)} cy={100 - at(predicted)} r=".7" />
                  ) : (
                    <rect
                      key={index}
                      x={at(actual) - 0.6}
                      y={100 - at(predicted) - 0.6}
                      width="1.2"
                      height="1.2"
                    />
                  ),
                )}
              </g>
            ))}
          </svg>
          <span />
          <div aria-hidden="true" className="relative h-9">
            {ticks.map((tick) => (
              <span key={tick} className="absolute top-1.5 -translate-x-1/2" style={{ left: `${at(tick)}%` }}>
                {number(tick)}
              </span>
            ))}
            <span className="absolute top-5 left-1/2 -translate-x-1/2">Actual</span>
          </div>
        </div>
      )}
    </section>
  );
}
