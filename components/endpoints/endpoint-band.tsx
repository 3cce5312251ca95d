"use client";

import { useMemo } from "react";
import { LineChart } from "#components/charts/line-chart.tsx";
import { formatClock, formatNumber, formatPercent } from "#components/ui/format.ts";
import type { EndpointSummary } from "#lib/endpoints/model.ts";
import { errorSeries, latencySeries, requestSeries, totalsOf, withRemoved } from "./telemetry-series.ts";
import { TrafficCard } from "./traffic-card.tsx";
import { useTelemetry } from "./use-endpoint.ts";

const chartHeight = 118;

function hourAndMinute(at: number): string {
  return formatClock(at).slice(0, 5);
}

export interface EndpointBandProps {
  workspace: string;
  endpoint: EndpointSummary;
  looks: ReadonlyMap<string, number>;
  mayChange: boolean;
}

/** What the endpoint does: its split, and the last hour as its gateway counted it. */
export function EndpointBand({ workspace, endpoint, looks, mayChange }: EndpointBandProps) {
  const { data } = useTelemetry(workspace, endpoint.name);
  const charts = useMemo(() => {
    if (!data) return undefined;
    const all = withRemoved(looks, data);
    return {
      requests: requestSeries(data, all),
      latency: latencySeries(data, all),
      errors: errorSeries(data, all),
    };
  }, [data, looks]);
  const totals = data && totalsOf(data);
  const xRange = data ? ([data.from, data.to] as const) : undefined;
  const shared = {
    height: chartHeight,
    xKind: "clock" as const,
    xName: "Time",
    formatX: hourAndMinute,
    xRange,
    syncKey: `endpoint-${endpoint.name}`,
  };
  return (
    <div className="grid border-line border-y sm:grid-cols-3 wide:grid-cols-[minmax(400px,1.6fr)_repeat(3,minmax(0,1fr))]">
      <div className="border-line p-4 sm:col-span-3 sm:px-6 max-wide:border-b wide:col-span-1 wide:border-r">
        <TrafficCard
          workspace={workspace}
          endpoint={endpoint}
          looks={looks}
          telemetry={data}
          mayChange={mayChange}
        />
      </div>
      <Panel
        title="Requests"
        value={
          totals && totals.requests > 0 ? `${formatNumber(totals.requests)} in the last hour` : undefined
        }
      >
        {charts && totals && totals.requests > 0 ? (
          <LineChart
            {...shared}
            label="Requests per second"
            series={charts.requests}
            formatY={(value) => `${formatNumber(value, 3)}/s`}
            yRange={[0, null]}
            area
          />
        ) : null}
      </Panel>
      <Panel
        title="Latency p95"
        value={totals?.p95Ms == null ? undefined : `${formatNumber(totals.p95Ms, 3)} ms`}
      >
        {charts && totals && totals.requests > 0 ? (
          <LineChart
            {...shared}
            label="Latency, 95th percentile"
            series={charts.latency}
            formatY={(value) => `${formatNumber(value, 3)} ms`}
            yRange={[0, null]}
          />
        ) : null}
      </Panel>
      <Panel
        title="Errors"
        value={totals && totals.requests > 0 ? formatPercent(totals.errors / totals.requests) : undefined}
      >
        {charts && totals && totals.requests > 0 ? (
          <LineChart
            {...shared}
            label="Failed requests in percent"
            series={charts.errors}
            formatY={(value) => `${formatNumber(value, 2)}%`}
            yRange={[0, null]}
          />
        ) : null}
      </Panel>
    </div>
  );
}

function Panel({
  title,
  value,
  children,
}: {
  title: string;
  value: string | undefined;
  children: React.ReactNode;
}) {
  return (
    <section className="min-w-0 border-line p-4 max-sm:border-t sm:not-last:border-r" aria-label={title}>
      <div className="flex min-h-7 items-baseline justify-between gap-2">
        <h2 className="text-name">{title}</h2>
        <span className="truncate text-body text-ink-2 tabular-nums">{value}</span>
      </div>
      {children ?? (
        <p className="flex items-center text-secondary text-ink-3" style={{ height: chartHeight }}>
          No request in the last hour
        </p>
      )}
    </section>
  );
}
