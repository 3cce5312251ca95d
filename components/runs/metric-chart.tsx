import { ChartCard } from "#components/charts/chart-card.tsx";
import { seriesLimit } from "#components/charts/series-style.ts";
import { formatMetric } from "./format-metric.ts";
import type { MetricChartData } from "./use-metric-charts.ts";

export interface MetricChartProps {
  chart: MetricChartData;
  height: number;
  /** From 0 to below 1. */
  smoothing?: number | undefined;
  log?: boolean | undefined;
  /** The page names the runs already, by marks. */
  marked?: boolean | undefined;
}

/** One metric, or kindred ones, over the steps. All charts of metrics on a page share the cursor. */
export function MetricChart({ chart, height, smoothing = 0, log, marked }: MetricChartProps) {
  return (
    <ChartCard
      title={chart.title}
      label={`${chart.title} by step`}
      series={chart.series}
      height={height}
      syncKey="metrics"
      smoothing={smoothing}
      yScale={log ? "log" : "linear"}
      endLabels={!marked}
      value={marked || chart.newest === null ? undefined : formatMetric(chart.newest)}
      legend={!marked && chart.series.length > seriesLimit}
    />
  );
}
