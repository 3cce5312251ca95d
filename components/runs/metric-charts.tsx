"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { MetricChart } from "./metric-chart.tsx";
import { chartView, MetricControls } from "./metric-controls.tsx";
import { MetricNumbers } from "./metric-numbers.tsx";
import { type ChartedRun, useMetricCharts } from "./use-metric-charts.ts";

export interface MetricChartsProps {
  workspace: string;
  /** In the order of their looks. */
  runs: readonly ChartedRun[];
  height: number;
  /** Cards side by side from 1,100 px; 2 by default. */
  columns?: 1 | 2 | undefined;
  /** Leaves single values to a table beside the charts. */
  hideNumbers?: boolean | undefined;
}

const step = 24;

/** All metrics of one or several runs; smoothing, scale and search live in the address. */
export function MetricCharts({ workspace, runs, height, columns = 2, hideNumbers }: MetricChartsProps) {
  const [view, setView] = useUrlState(chartView);
  const [most, setMost] = useState(step);
  const { groups, charts, numbers, ready, error, retry } = useMetricCharts(workspace, runs, view.find, most);
  if (error) return <ErrorState error={error} onRetry={() => void retry()} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <MetricControls view={view} onChange={setView} count={groups.length} />
      {numbers.length > 0 && ready && !hideNumbers ? <MetricNumbers runs={runs} keys={numbers} /> : null}
      {charts.length > 0 ? (
        <div className={cn("grid gap-4", columns === 2 && "wide:grid-cols-2")}>
          {charts.map((chart) => (
            <MetricChart
              key={chart.title}
              chart={chart}
              height={height}
              smoothing={view.smooth / 100}
              log={view.log}
              marked={runs.length > 1}
            />
          ))}
        </div>
      ) : null}
      {groups.length === 0 && view.find ? (
        <EmptyState
          title={`No metric has “${view.find}” in its name`}
          action={<Button onClick={() => setView({ find: "" })}>Show all</Button>}
        />
      ) : null}
      {groups.length > most ? (
        <Button className="self-center" onClick={() => setMost(most + step)}>
          Show {Math.min(step, groups.length - most)} more of {groups.length}
        </Button>
      ) : null}
    </div>
  );
}
