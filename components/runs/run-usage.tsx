"use client";

import { UsageChart } from "#components/charts/usage-chart.tsx";
import { formatMib } from "#components/computes/compute-words.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatPercent } from "#components/ui/format.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { useRunUsage } from "./use-run.ts";

/** CPU and memory of the run over its time. */
export function RunUsage({
  workspace,
  run,
  large = false,
}: {
  workspace: string;
  run: RunDetails;
  large?: boolean;
}) {
  const open = !isTerminal(run.status);
  const { data } = useRunUsage(workspace, run.name, open && run.startedAt !== null);
  const samples = data?.samples ?? [];
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last) {
    return large ? (
      <div className="p-6">
        <EmptyState title="No samples yet">
          CPU and memory are read about once a second while the command runs. A run shorter than that has
          none.
        </EmptyState>
      </div>
    ) : null;
  }
  const x = samples.map((sample) => sample.at - first.at);
  const cores = data?.limits.cpus;
  const memory = data?.limits.memoryMib;
  const charts = (
    <>
      <UsageChart
        title="CPU"
        x={x}
        y={samples.map((sample) => sample.cpuPercent)}
        live={open}
        height={large ? 220 : 104}
        formatY={(y) => formatPercent(y / 100)}
        value={`${formatPercent(last.cpuPercent / 100)}${cores && large ? ` of ${cores} cores` : ""}`}
      />
      <UsageChart
        title="Memory"
        x={x}
        y={samples.map((sample) => sample.memoryMib)}
        live={open}
        height={large ? 220 : 104}
        formatY={formatMib}
        value={`${formatMib(last.memoryMib)}${memory && large ? ` of ${formatMib(memory)}` : ""}`}
      />
    </>
  );
  return large ? <div className="grid gap-4 p-4 sm:p-6 wide:grid-cols-2">{charts}</div> : charts;
}
