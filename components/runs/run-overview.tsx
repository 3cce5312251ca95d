"use client";

import { useMemo } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import type { RunDetails } from "#lib/runs/model.ts";
import { MetricChart } from "./metric-chart.tsx";
import { MetricNumbers } from "./metric-numbers.tsx";
import { RunLog } from "./run-log.tsx";
import { RunUsage } from "./run-usage.tsx";
import { useMetricCharts } from "./use-metric-charts.ts";

const chartHeight = 112;
const shownCharts = 2;
const shownNumbers = 8;

/** The run at a glance: its first metrics, what it uses, its log. */
export function RunOverview({ workspace, run }: { workspace: string; run: RunDetails }) {
  const runs = useMemo(() => [run], [run]);
  const { charts, numbers, ready } = useMetricCharts(workspace, runs);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-[repeat(auto-fit,minmax(168px,1fr))] gap-3 empty:hidden">
        {charts.slice(0, shownCharts).map((chart) => (
          <MetricChart key={chart.title} chart={chart} height={chartHeight} />
        ))}
        <RunUsage workspace={workspace} run={run} />
      </div>
      {ready && numbers.length > 0 ? (
        <MetricNumbers runs={[run]} keys={numbers.slice(0, shownNumbers)} />
      ) : null}
      {run.origin === "studio" ? (
        <RunLog workspace={workspace} run={run} className="h-[max(320px,calc(100vh-400px))]" />
      ) : run.command ? (
        <CodeBlock code={run.command} label="Command" />
      ) : null}
    </div>
  );
}
