"use client";

import { useQuery } from "@tanstack/react-query";
import { Sparkline } from "#components/charts/sparkline.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatCount, formatNumber } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import type { StatusKind } from "#components/ui/status.ts";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { orpc } from "#lib/api/client.ts";
import { type EndpointHealth, type EndpointSummary, healthOf } from "#lib/endpoints/model.ts";
import { HomeSection } from "./home-section.tsx";
import { useHomeEndpoints } from "./use-home.ts";

const kindOf: Record<EndpointHealth, StatusKind> = {
  healthy: "completed",
  starting: "preparing",
  degraded: "warning",
  failed: "failed",
  empty: "queued",
  deleting: "canceled",
};

const askEveryMs = 30_000;

function trafficWords({ deployments }: EndpointSummary): string {
  const taking = deployments.filter(({ traffic }) => traffic > 0);
  if (taking.length === 0) return deployments.length === 0 ? "No deployment" : "No traffic";
  return taking.map(({ model, traffic }) => `${model.name} v${model.version} ${traffic}%`).join(" · ");
}

export function HomeEndpoints() {
  const { name } = useCurrentWorkspace();
  const { data } = useHomeEndpoints(name);
  const items = data?.items ?? [];
  return (
    <HomeSection title="Endpoints" aside={items.length > 0 ? "last hour" : undefined}>
      {data && items.length === 0 ? (
        <EmptyState variant="plain" title="No endpoint yet" className="px-0 py-1" />
      ) : null}
      <ul>
        {items.map((endpoint) => (
          <EndpointRow key={endpoint.name} workspace={name} endpoint={endpoint} />
        ))}
      </ul>
    </HomeSection>
  );
}

function EndpointRow({ workspace, endpoint }: { workspace: string; endpoint: EndpointSummary }) {
  // Requests are counted, not announced: this asks now and then.
  const { data } = useQuery(
    orpc.endpoints.telemetry.queryOptions({
      input: { workspace, endpoint: endpoint.name },
      refetchInterval: askEveryMs,
    }),
  );
  const series = data?.series ?? [];
  const counts = new Map<number, number>();
  for (const { points } of series) {
    for (const { at, requests } of points) counts.set(at, (counts.get(at) ?? 0) + requests);
  }
  const total = series.reduce((sum, { requests }) => sum + requests, 0);
  const slowest = series.reduce((worst, { p95Ms }) => Math.max(worst, p95Ms ?? 0), 0);
  const health = healthOf(endpoint);
  return (
    <li className="flex min-h-11 items-center gap-3 border-line border-b py-1.5 text-body">
      <StatusIcon kind={kindOf[health]} size={14} className="self-start mt-1" />
      <span className="sr-only">{health}</span>
      <div className="min-w-0 flex-1">
        <Link
          href={`/${workspace}/endpoints/${encodeURIComponent(endpoint.name)}`}
          className="block truncate font-medium text-ink hover:underline"
        >
          {endpoint.name}
        </Link>
        <p className="truncate text-secondary text-ink-3">{trafficWords(endpoint)}</p>
      </div>
      {total > 0 ? (
        <>
          <Sparkline
            width={56}
            values={[...counts].sort(([a], [b]) => a - b).map(([, count]) => count)}
            label={`Requests of ${endpoint.name} in the last hour`}
            area
          />
          <div className="w-20 flex-none text-right tabular-nums">
            <p className="text-body">{formatCount(total)} req</p>
            <p className="text-secondary text-ink-3">p95 {formatNumber(slowest, 3)} ms</p>
          </div>
        </>
      ) : (
        <span className="text-secondary text-ink-3">No requests</span>
      )}
    </li>
  );
}
