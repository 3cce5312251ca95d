"use client";

import { CodeBlock } from "#components/ui/code-block.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import type { RunDetails } from "#lib/runs/model.ts";
import { MetricCharts } from "./metric-charts.tsx";
import { RunLog } from "./run-log.tsx";
import { RunUsage } from "./run-usage.tsx";

/** The run at a glance: its newest numbers, what it uses, its log. */
export function RunOverview({ workspace, run }: { workspace: string; run: RunDetails }) {
  const metrics = Object.entries(run.metrics);
  return (
    <div className="flex flex-col gap-4">
      {metrics.length > 0 ? (
        <section aria-label="Metrics" className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-3">
          {metrics.slice(0, 8).map(([key, value]) => (
            <Link
              key={key}
              href={`/${workspace}/runs/${run.name}?tab=metrics`}
              className="rounded-card border border-line px-3 py-2 hover:bg-hover"
            >
              <span className="block truncate text-secondary text-ink-3">{key}</span>
              <span className="text-number tabular-nums">{value === null ? "NaN" : formatNumber(value)}</span>
            </Link>
          ))}
        </section>
      ) : null}
      <div className="grid gap-4 wide:grid-cols-2">
        <MetricCharts workspace={workspace} runs={[run]} limit={2} height={120} onlyCurves />
        <RunUsage workspace={workspace} run={run} />
      </div>
      {run.origin === "studio" ? (
        <RunLog workspace={workspace} run={run} className="h-105" />
      ) : run.command ? (
        <CodeBlock code={run.command} label="Command" />
      ) : null}
    </div>
  );
}
