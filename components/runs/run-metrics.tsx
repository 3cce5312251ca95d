"use client";

import { useMemo } from "react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { RunDetails } from "#lib/runs/model.ts";
import { MetricCharts } from "./metric-charts.tsx";

/** Every metric of the run as a curve, or as a number when it has one point. */
export function RunMetrics({ workspace, run }: { workspace: string; run: RunDetails }) {
  const runs = useMemo(() => [run], [run]);
  if (Object.keys(run.metrics).length === 0) {
    return (
      <div className="p-6">
        <EmptyState title="No metrics yet">
          Call mlflow.log_metric in the script. The run's address and token are set inside it, so nothing else
          is needed.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="p-4 sm:p-6">
      <MetricCharts workspace={workspace} runs={runs} height={220} />
    </div>
  );
}
