"use client";

import { Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { formatNumber } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { type ChartSeries, sampleIndexes, valueAt } from "./chart-data.ts";
import { LineChart, type LineChartProps } from "./line-chart.tsx";
import { SeriesKey } from "./marker.tsx";
import { xFormats } from "./ticks.ts";

export interface ChartCardProps extends LineChartProps {
  title: ReactNode;
  /** At the right of the title: the value now. */
  value?: ReactNode;
  actions?: ReactNode;
  /** Names under the chart, for more than six series or when the ends carry none. */
  legend?: boolean | undefined;
}

/** A chart in a box, with its name, its value and a table of the same numbers. */
export function ChartCard({ title, value, actions, legend, className, ...chart }: ChartCardProps) {
  const [asTable, setAsTable] = useState(false);
  const { series, height = 220 } = chart;
  return (
    <section className={cn("group rounded-card border border-line bg-panel p-3", className)}>
      <div className="mb-1 flex min-h-7 items-center gap-1 sm:gap-2">
        <h2
          className="min-w-0 flex-1 truncate text-name"
          title={typeof title === "string" ? title : undefined}
        >
          {title}
        </h2>
        {actions}
        <IconButton
          label={asTable ? "Show the chart" : "Show as a table"}
          icon={<Table2 size={14} />}
          size="sm"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          className={cn(
            // Where a pointer can hover it takes no room until it is wanted.
            !asTable &&
              "sm:w-0 sm:min-w-0 sm:opacity-0 sm:focus-visible:w-6 sm:focus-visible:opacity-100 sm:group-hover:w-6 sm:group-hover:opacity-100",
          )}
        />
        {value === undefined ? null : <span className="flex-none text-name tabular-nums">{value}</span>}
      </div>
      {asTable ? <ChartTable {...chart} height={height} /> : <LineChart {...chart} height={height} />}
      {legend ? (
        <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
          {series.map((one, index) => (
            <li key={one.id} className="flex items-center gap-2 text-secondary text-ink-2">
              <SeriesKey index={one.look ?? index} />
              {one.label}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

const tableRows = 200;

/** The numbers of a chart; of long series an even sample with both ends. */
export function ChartTable(props: LineChartProps) {
  const { label, series, xName = "Step", formatY = formatNumber, height = 220 } = props;
  const formatX = props.formatX ?? xFormats[props.xKind ?? "step"];
  const xs = [...new Set(series.flatMap((one: ChartSeries) => [...one.x]))].sort((a, b) => a - b);
  const rows = sampleIndexes(xs.length, tableRows).flatMap((index) => xs[index] ?? []);
  return (
    <ScrollRegion aria-label={`${label}, table`} className="overflow-auto" style={{ height }}>
      <table className="w-full text-secondary tabular-nums">
        <thead className="sticky top-0 bg-panel text-ink-3">
          <tr>
            <th scope="col" className="h-7 pr-3 text-left font-medium">
              {xName}
            </th>
            {series.map((one) => (
              <th key={one.id} scope="col" className="h-7 pl-3 text-right font-medium">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((x) => (
            <tr key={x} className="border-line border-t">
              <th scope="row" className="h-6 pr-3 text-left font-normal text-ink-2">
                {formatX(x)}
              </th>
              {series.map((one) => {
                const value = one.x.includes(x) ? valueAt(one, x) : null;
                return (
                  <td key={one.id} className="pl-3 text-right">
                    {value === null ? "–" : formatY(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
