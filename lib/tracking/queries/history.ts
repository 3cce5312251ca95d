import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { createKeyset, type SortTerm } from "#lib/filter/keyset.ts";

export interface HistoryPoint {
  runId: string;
  key: string;
  step: number;
  timestamp: number;
  value: number;
  isNan: boolean;
}

type Row = Record<string, unknown> & { run_id: string; key: string; is_nan: boolean };

function toPoint(row: Row): HistoryPoint {
  return {
    runId: row.run_id,
    key: row.key,
    step: Number(row.step),
    timestamp: Number(row.timestamp),
    value: Number(row.value),
    isNan: row.is_nan,
  };
}

const ascending = (expression: SortTerm["expression"]): SortTerm => ({
  ...{ expression, descending: false, type: "number", nullable: false },
});

const order = [
  ascending(sql`"timestamp"`),
  ascending(sql`step`),
  ascending(sql`value`),
  ascending(sql`is_nan::int`),
];

/** All points of a metric in the order of time, step and value, page by page. */
export async function readMetricHistory(
  db: Queryable,
  query: { runId: string; key: string; limit: number; cursor?: string | undefined },
): Promise<{ points: HistoryPoint[]; nextCursor: string | null }> {
  const keyset = createKeyset(order, { cursor: query.cursor });
  const rows = await db.execute<Row>(sql`
    select *, ${keyset.columns} from metrics
    where run_id = ${query.runId} and key = ${query.key} and ${keyset.after ?? sql`true`}
    order by ${keyset.orderBy} limit ${query.limit + 1}`);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    points: page.map(toPoint),
    nextCursor: rows.length > query.limit && last ? keyset.nextCursor(last) : null,
  };
}

/** The first points of a metric of several runs, in the order of run, time and step; at most `limit` in all. */
export async function readHistories(
  db: Queryable,
  query: { runIds: readonly string[]; key: string; limit: number },
): Promise<HistoryPoint[]> {
  const rows = await db.execute<Row>(sql`
    select * from metrics where run_id = any(${sql.param(query.runIds)}::text[]) and key = ${query.key}
    order by run_id, "timestamp", step, value limit ${query.limit}`);
  return rows.map(toPoint);
}

/**
 * Points of a metric of several runs at steps spread evenly over a range: at most `perRun` steps of each run, and always
 * the first and the last. The steps are the same for all runs, so that curves can be laid over each other.
 */
export async function sampleHistories(
  db: Queryable,
  query: {
    runIds: readonly string[];
    key: string;
    perRun: number;
    startStep?: number | undefined;
    endStep?: number | undefined;
  },
): Promise<HistoryPoint[]> {
  const { runIds, key, perRun, startStep = -(2 ** 62), endStep = 2 ** 62 } = query;
  const rows = await db.execute<Row>(sql`
    with steps as (
      select step, row_number() over (order by step) - 1 as place, count(*) over () as total
      from (
        select distinct step from metrics
        where run_id = any(${sql.param(runIds)}::text[]) and key = ${key}
        and step between ${startStep}::numeric and ${endStep}::numeric
      ) all_steps
    ), chosen as (
      select step from steps
      where total <= ${perRun}::int or place = total - 1
      or place % ceil(total::numeric / ${perRun}::int)::bigint = 0
    )
    select m.* from metrics m join chosen using (step)
    where m.run_id = any(${sql.param(runIds)}::text[]) and m.key = ${key}
    order by m.run_id, m.step, m."timestamp", m.value`);
  return rows.map(toPoint);
}
