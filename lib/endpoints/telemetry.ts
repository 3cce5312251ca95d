import { and, asc, eq, gte, lt } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { endpointStats } from "#db/schema/index.ts";
import { invalid } from "#lib/core/errors.ts";
import { addBuckets, latencyBucketCount, latencyPercentile } from "./latency.ts";
import type { Telemetry } from "./model.ts";

const minuteMs = 60_000;
/** A chart shows so many points at most. */
const maxPoints = 120;

interface Sum {
  requests: number;
  errors: number;
  buckets: number[];
}

const emptySum = (): Sum => ({
  requests: 0,
  errors: 0,
  buckets: new Array<number>(latencyBucketCount).fill(0),
});

function add(sum: Sum, row: typeof endpointStats.$inferSelect): void {
  sum.requests += row.requestCount;
  sum.errors += row.errorCount;
  addBuckets(sum.buckets, row.latencyBuckets);
}

function shown(sum: Sum) {
  return {
    requests: sum.requests,
    errors: sum.errors,
    p50Ms: latencyPercentile(sum.buckets, 0.5),
    p95Ms: latencyPercentile(sum.buckets, 0.95),
  };
}

/** What the gateway counted, by deployment, in at most 120 steps of whole minutes. Steps without a request are left out. */
export async function readTelemetry(
  db: Queryable,
  endpointId: string,
  span: { from?: number | undefined; to?: number | undefined },
): Promise<Telemetry> {
  const to = span.to ?? Date.now();
  const from = span.from ?? to - 60 * minuteMs;
  if (from >= to) throw invalid("from", "must be before the end of the span");
  const stepMs = Math.max(1, Math.ceil((to - from) / minuteMs / maxPoints)) * minuteMs;
  const rows = await db
    .select()
    .from(endpointStats)
    .where(
      and(
        eq(endpointStats.endpointId, endpointId),
        gte(endpointStats.minute, new Date(Math.floor(from / minuteMs) * minuteMs)),
        lt(endpointStats.minute, new Date(to)),
      ),
    )
    .orderBy(asc(endpointStats.minute));
  const series = new Map<string, { total: Sum; steps: Map<number, Sum> }>();
  for (const row of rows) {
    const entry = series.get(row.deployment) ?? { total: emptySum(), steps: new Map<number, Sum>() };
    series.set(row.deployment, entry);
    const at = Math.floor(row.minute.getTime() / stepMs) * stepMs;
    const step = entry.steps.get(at) ?? emptySum();
    entry.steps.set(at, step);
    add(step, row);
    add(entry.total, row);
  }
  return {
    stepMs,
    from,
    to,
    series: [...series.entries()]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([deployment, { total, steps }]) => ({
        deployment,
        ...shown(total),
        points: [...steps.entries()].map(([at, sum]) => ({ at, ...shown(sum) })),
      })),
  };
}
