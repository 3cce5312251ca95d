import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { notFound } from "#lib/core/errors.ts";
import type { Curve } from "../contract.ts";

export interface CurveQuery {
  /** Names of runs. */
  runs: readonly string[];
  keys?: readonly string[] | undefined;
  /** The most points of one curve. */
  points: number;
}

interface Row extends Record<string, unknown> {
  run: string;
  key: string;
  steps: number[];
  times: number[];
  values: (number | null)[];
}

/**
 * Curves in the order of the runs asked for. One with more points than wanted is cut into stretches of equal length, and
 * of each the lowest and the highest point stay, and the last of all: peaks are kept, and what is sent stays small.
 */
export async function readCurves(db: Queryable, workspaceId: string, query: CurveQuery): Promise<Curve[]> {
  const names = sql.param([...query.runs]);
  const known = await db.execute<{ name: string }>(sql`
    select name from runs where workspace_id = ${workspaceId} and name = any(${names}::text[]) and deleted_at is null`);
  const missing = query.runs.find((name) => !known.some((row) => row.name === name));
  if (missing !== undefined) throw notFound(`Run “${missing}”`);
  const onlyKeys = query.keys ? sql`and m.key = any(${sql.param([...query.keys])}::text[])` : sql``;
  const stretches = Math.max(1, Math.floor(query.points / 2));
  const rows = await db.execute<Row>(sql`
    with point as (
      select r.name as run, m.key, m.step, m.timestamp, case when m.is_nan then null else m.value end as value,
        row_number() over curve as n, count(*) over (partition by m.run_id, m.key) as total
      from metrics m join runs r on r.id = m.run_id
      where r.workspace_id = ${workspaceId} and r.name = any(${names}::text[]) ${onlyKeys}
      window curve as (partition by m.run_id, m.key order by m.step, m.timestamp, m.value)
    ), ranked as (
      select *, row_number() over (partition by run, key, stretch order by value nulls last, n) as lowest,
        row_number() over (partition by run, key, stretch order by value desc nulls last, n) as highest
      from (select *, ((n - 1) * ${stretches}::bigint) / total as stretch from point) as cut
    )
    select run, key, array_agg(step::float8 order by n) as steps, array_agg(timestamp::float8 order by n) as times,
      array_agg(value order by n) as values
    from ranked
    where total <= ${query.points} or lowest = 1 or highest = 1 or n = total
    group by run, key order by key`);
  const place = new Map(query.runs.map((name, index) => [name, index]));
  const curves = rows.map(({ run, key, steps, times, values }) => ({
    run,
    key,
    steps,
    times,
    // The driver reads a NULL inside an array of numbers as NaN.
    values: values.map((value) => (value === null || Number.isNaN(value) ? null : value)),
  }));
  return curves.sort((a, b) => (place.get(a.run) ?? 0) - (place.get(b.run) ?? 0));
}
