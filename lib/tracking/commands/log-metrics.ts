import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";

/** One value of a metric. NaN and the infinities are allowed. */
export interface MetricPoint {
  key: string;
  value: number;
  /** UTC milliseconds, as the client gave them. */
  timestamp: number;
  step: number;
}

/** How a value is kept: NaN as 0 with a mark, so that it has an order; an infinity as the largest number. */
export function storedValue(value: number): { value: number; isNan: boolean } {
  if (Number.isNaN(value)) return { value: 0, isNan: true };
  return { value: Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)), isNan: false };
}

/** A column of booleans as one parameter; the driver would take a list of them for a single one. */
export function flags(values: readonly boolean[]): SQL {
  return sql`${`{${values.map((value) => (value ? "t" : "f")).join(",")}}`}`;
}

/**
 * Adds points to a run with one statement, which also keeps the latest value of each key: the one with the greatest
 * (step, timestamp, value). A point that is there already is left alone, so a batch may be sent twice. Rows are written
 * in key order, so that two batches for one run wait for each other instead of dead-locking.
 */
export async function logMetrics(
  db: Queryable,
  runId: string,
  points: readonly MetricPoint[],
): Promise<void> {
  if (points.length === 0) return;
  const stored = points.map((point) => storedValue(point.value));
  const column = (values: readonly (string | number)[]) => sql.param(values);
  await db.execute(sql`
    with input as (
      select * from unnest(
        ${column(points.map((point) => point.key))}::text[],
        ${column(points.map((point) => point.step))}::bigint[],
        ${column(points.map((point) => point.timestamp))}::bigint[],
        ${column(stored.map((entry) => entry.value))}::float8[],
        ${flags(stored.map((entry) => entry.isNan))}::bool[]
      ) as t (key, step, "timestamp", value, is_nan)
      order by key, step, "timestamp", value
    ), added as (
      insert into metrics (run_id, key, step, "timestamp", value, is_nan)
      select ${runId}, key, step, "timestamp", value, is_nan from input
      on conflict do nothing
    )
    insert into latest_metrics as latest (run_id, key, step, "timestamp", value, is_nan)
    select distinct on (key) ${runId}, key, step, "timestamp", value, is_nan from input
    order by key, step desc, "timestamp" desc, value desc
    on conflict (run_id, key) do update
    set step = excluded.step, "timestamp" = excluded."timestamp", value = excluded.value, is_nan = excluded.is_nan
    where (latest.step, latest."timestamp", latest.value) < (excluded.step, excluded."timestamp", excluded.value)
  `);
}
