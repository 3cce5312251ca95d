import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { endpointStats } from "#db/schema/index.ts";
import { messageOf } from "#lib/core/errors.ts";
import type { Logger } from "#lib/core/logger.ts";
import { addBuckets, latencyBucket, latencyBucketCount } from "#lib/endpoints/latency.ts";
import { publish } from "#lib/live/outbox.ts";
import type { EndpointRoute } from "./table.ts";

interface Counts {
  endpoint: EndpointRoute;
  deployment: string;
  minute: number;
  requestCount: number;
  errorCount: number;
  latencyMsSum: number;
  latencyMsMax: number;
  latencyBuckets: number[];
}

const minuteMs = 60_000;
/** While the database is away, counts are kept for so many rows; then the oldest go. */
const maxKept = 20_000;

/** Errors are what the endpoint is to blame for: a caller's bad input is none. */
export function isEndpointError(status: number): boolean {
  return status >= 500 || status === 408 || status === 424 || status === 429;
}

/** Counts per endpoint, deployment and minute, added to the database every few seconds. */
export class Telemetry {
  readonly #db: Database;
  readonly #logger: Logger;
  #counts = new Map<string, Counts>();

  constructor(db: Database, logger: Logger) {
    this.#db = db;
    this.#logger = logger;
  }

  record(endpoint: EndpointRoute, deployment: string, status: number, latencyMs: number): void {
    const minute = Math.floor(Date.now() / minuteMs);
    this.#add({
      endpoint,
      deployment,
      minute,
      requestCount: 1,
      errorCount: isEndpointError(status) ? 1 : 0,
      latencyMsSum: latencyMs,
      latencyMsMax: latencyMs,
      latencyBuckets: oneIn(latencyBucket(latencyMs)),
    });
  }

  /** Adds everything counted so far, in one statement. What could not be written is kept for the next time. */
  async flush(): Promise<void> {
    const taken = [...this.#counts.values()];
    if (taken.length === 0) return;
    this.#counts = new Map();
    try {
      await this.#write(taken);
    } catch (error) {
      this.#logger.warn(`telemetry of ${taken.length} rows is kept for later: ${messageOf(error)}`);
      const newer = [...this.#counts.values()];
      this.#counts = new Map();
      for (const counts of [...taken, ...newer].slice(-maxKept)) this.#add(counts);
    }
  }

  #add(more: Counts): void {
    const key = `${more.endpoint.id}/${more.deployment}/${more.minute}`;
    const sum = this.#counts.get(key);
    if (!sum) {
      this.#counts.set(key, more);
      return;
    }
    sum.requestCount += more.requestCount;
    sum.errorCount += more.errorCount;
    sum.latencyMsSum += more.latencyMsSum;
    sum.latencyMsMax = Math.max(sum.latencyMsMax, more.latencyMsMax);
    addBuckets(sum.latencyBuckets, more.latencyBuckets);
  }

  async #write(rows: Counts[]): Promise<void> {
    const plus = (column: string) => sql.raw(`endpoint_stats.${column} + excluded.${column}`);
    await this.#db.transaction(async (tx) => {
      await tx
        .insert(endpointStats)
        .values(
          rows.map(({ endpoint, minute, ...counts }) => ({
            ...counts,
            endpointId: endpoint.id,
            minute: new Date(minute * minuteMs),
          })),
        )
        .onConflictDoUpdate({
          target: [endpointStats.endpointId, endpointStats.deployment, endpointStats.minute],
          set: {
            requestCount: plus("request_count"),
            errorCount: plus("error_count"),
            latencyMsSum: plus("latency_ms_sum"),
            latencyMsMax: sql.raw("greatest(endpoint_stats.latency_ms_max, excluded.latency_ms_max)"),
            latencyBuckets: sql.raw(
              "(select array_agg(a + b order by i) from unnest(endpoint_stats.latency_buckets, excluded.latency_buckets) with ordinality as t(a, b, i))",
            ),
          },
        });
      const seen = new Map(rows.map(({ endpoint }) => [endpoint.id, endpoint]));
      for (const { workspaceId, name } of seen.values()) {
        await publish(tx, { workspaceId, kind: "endpoint", name, event: "stats" });
      }
    });
  }
}

function oneIn(bucket: number): number[] {
  const buckets = new Array<number>(latencyBucketCount).fill(0);
  buckets[bucket] = 1;
  return buckets;
}
