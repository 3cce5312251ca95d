import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { notFound } from "#lib/core/errors.ts";
import type { Curve } from "../contract.ts";

export interface CurveQuery {
  /** Names of runs. */
  runs: readonly string[];
  keys?: readonly string[] | undefined;
  /** The most points of one curve, and one more. */
  points: number;
}

interface Span extends Record<string, unknown> {
  run_id: string;
  key: string;
  total: number;
  first_step: string;
  last_step: string;
  first_time: string;
  last_time: string;
}

interface Point extends Record<string, unknown> {
  run_id: string;
  key: string;
  step: number;
  time: number;
  /** Null is not a number. */
  value: number | null;
}

/** The ids of runs of the workspace by their names, in the order of the names. */
async function readRunIds(db: Queryable, workspaceId: string, names: readonly string[]) {
  const rows = await db.execute<{ id: string; name: string }>(sql`
    select id, name from runs
    where workspace_id = ${workspaceId} and name = any(${sql.param(names)}::text[]) and deleted_at is null`);
  const ids = new Map(rows.map((row) => [row.name, row.id]));
  const missing = names.find((name) => !ids.has(name));
  if (missing !== undefined) throw notFound(`Run “${missing}”`);
  return new Map(names.map((name) => [ids.get(name) ?? "", name]));
}

/** Pairs of run and key as a table to join with. */
function pairs(spans: readonly Span[]) {
  const ids = sql.param(spans.map((span) => span.run_id));
  const keys = sql.param(spans.map((span) => span.key));
  return sql`unnest(${ids}::text[], ${keys}::text[]) as wanted (run_id, key)`;
}

async function readWhole(db: Queryable, spans: readonly Span[]): Promise<Point[]> {
  if (spans.length === 0) return [];
  return db.execute<Point>(sql`
    select run_id, key, step::float8, "timestamp"::float8 as time, case when not is_nan then value end as value
    from metrics join ${pairs(spans)} using (run_id, key) order by run_id, key, step, "timestamp"`);
}

/**
 * The lowest and the highest point of each stretch of long curves, and the last of all. A point is compared as a list of
 * numbers, value first, so that one pass finds both with their steps. Stretches are cut by step, or by time where a
 * client gave no steps.
 */
async function readThinned(db: Queryable, spans: readonly Span[], points: number): Promise<Point[]> {
  if (spans.length === 0) return [];
  const stretches = Math.max(1, Math.floor(points / 2));
  const steps = spans.map((span) => Number(span.last_step) > Number(span.first_step));
  const first = spans.map((span, index) => Number(steps[index] ? span.first_step : span.first_time));
  const last = spans.map((span, index) => Number(steps[index] ? span.last_step : span.last_time));
  return db.execute<Point>(sql`
    with wanted as (
      select * from unnest(
        ${sql.param(spans.map((span) => span.run_id))}::text[], ${sql.param(spans.map((span) => span.key))}::text[],
        ${sql.param(steps.map(Number))}::int[], ${sql.param(first)}::float8[], ${sql.param(last)}::float8[]
      ) as t (run_id, key, by_step, first, last)
    ), ends as (
      select run_id, key, min(point) as low, max(point) as high from (
        select run_id, key, array[value, step, "timestamp"]::float8[] as point,
          width_bucket(case by_step when 1 then step else "timestamp" end::float8, first, last + 1, ${stretches}::int) as stretch
        from metrics join wanted using (run_id, key) where not is_nan
      ) as cut group by run_id, key, stretch
    )
    select run_id, key, point[2] as step, point[3] as time, point[1] as value
    from ends cross join lateral (values (low), (high)) as either (point)
    union
    select run_id, key, step::float8, "timestamp"::float8, case when not is_nan then value end
    from latest_metrics join wanted using (run_id, key)
    order by run_id, key, step, time`);
}

/**
 * Curves in the order of the runs asked for. One with more points than wanted is cut into stretches of equal length, and
 * of each the lowest and the highest point stay, and the last of all: peaks are kept, and what is sent stays small.
 */
export async function readCurves(db: Queryable, workspaceId: string, query: CurveQuery): Promise<Curve[]> {
  const names = await readRunIds(db, workspaceId, query.runs);
  const onlyKeys = query.keys ? sql`and key = any(${sql.param([...query.keys])}::text[])` : sql``;
  const spans = await db.execute<Span>(sql`
    select run_id, key, count(*)::int as total, min(step) as first_step, max(step) as last_step,
      min("timestamp") as first_time, max("timestamp") as last_time
    from metrics
    where run_id = any(${sql.param([...names.keys()])}::text[]) ${onlyKeys} group by run_id, key`);
  const long = spans.filter((span) => span.total > query.points);
  const [whole, thinned] = await Promise.all([
    readWhole(
      db,
      spans.filter((span) => span.total <= query.points),
    ),
    readThinned(db, long, query.points),
  ]);
  const curves = new Map<string, Curve>();
  for (const { run_id: id, key, step, time, value } of [...whole, ...thinned]) {
    const name = `${id} ${key}`;
    const curve = curves.get(name) ?? { run: names.get(id) ?? "", key, steps: [], times: [], values: [] };
    curves.set(name, curve);
    curve.steps.push(step);
    curve.times.push(time);
    curve.values.push(value);
  }
  const place = new Map(query.runs.map((name, index) => [name, index]));
  return [...curves.values()].sort(
    (a, b) => (place.get(a.run) ?? 0) - (place.get(b.run) ?? 0) || (a.key < b.key ? -1 : 1),
  );
}
