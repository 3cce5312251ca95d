import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { experiments, runs, users } from "#db/schema/index.ts";
import { checkClause, resolveIdentifier } from "#lib/filter/fields.ts";
import { createKeyset, isPastPresent, type SortTerm } from "#lib/filter/keyset.ts";
import { parseFilter, parseOrder } from "#lib/filter/parse.ts";
import { filterError } from "#lib/filter/tokens.ts";
import { emptyRunData, type RunData, readRunData } from "../queries/run-data.ts";
import type { Run } from "../queries/runs.ts";
import { runFields } from "./run-fields.ts";
import { type RunSort, runCondition, runSort } from "./run-sql.ts";

export interface RunSearch {
  workspaceId: string;
  /** In the search language; empty finds all. */
  filter?: string | undefined;
  /** `metrics.auc desc, name`; several texts are read one after the other. The newest first unless told. */
  orderBy?: string | readonly string[] | undefined;
  cursor?: string | undefined;
  limit: number;
  /** `active`: neither archived nor deleted; `current`: not deleted. */
  view: "active" | "archived" | "deleted" | "current" | "all";
  experimentNumbers?: readonly number[] | undefined;
  /** More conditions on the table `runs`. */
  where?: readonly (SQL | undefined)[] | undefined;
}

/** A run with what was logged to it. */
export interface FoundRun {
  run: Run;
  experimentName: string;
  createdBy: { id: string; name: string; email: string } | null;
  data: RunData;
}

function viewCondition(view: RunSearch["view"]): SQL | undefined {
  switch (view) {
    case "active":
      return and(isNull(runs.deletedAt), isNull(runs.archivedAt));
    case "archived":
      return and(isNull(runs.deletedAt), isNotNull(runs.archivedAt));
    case "deleted":
      return isNotNull(runs.deletedAt);
    case "current":
      return isNull(runs.deletedAt);
    case "all":
      return undefined;
  }
}

function conditionsOf(search: Omit<RunSearch, "limit" | "cursor" | "orderBy">): SQL | undefined {
  const clauses = parseFilter(search.filter ?? "").map((clause) => checkClause(runFields, clause));
  return and(
    eq(runs.workspaceId, search.workspaceId),
    viewCondition(search.view),
    search.experimentNumbers
      ? sql`${runs.experimentNumber} = any(${sql.param(search.experimentNumbers)}::bigint[])`
      : undefined,
    ...clauses.map(runCondition),
    ...(search.where ?? []),
  );
}

function sortsOf(orderBy: RunSearch["orderBy"]): RunSort[] {
  const orders = [orderBy ?? []].flat().flatMap((text) => parseOrder(text));
  const seen = new Set<string>();
  return orders.map(({ identifier, descending }, index) => {
    const target = resolveIdentifier(runFields, identifier, "sort");
    const name = `${target.scope}.${target.key}`;
    if (seen.has(name))
      throw filterError(`“${target.key}” is there twice.`, identifier.at, identifier.end, "sort");
    seen.add(name);
    return runSort(target, descending, index);
  });
}

/** Rows that are equal otherwise: the newest first. */
const ties: SortTerm[] = [
  { expression: sql`runs.created_at`, descending: true, type: "time", nullable: false },
  { expression: sql`runs.id`, descending: true, type: "text", nullable: false },
];

type IdRow = Record<string, unknown> & { id: string };

/**
 * The ids of one page. When it is sorted first by something that was logged, the runs that have it are read on their own,
 * so that an index gives them in order; those without it follow.
 */
async function findPage(
  db: Queryable,
  search: RunSearch,
): Promise<{ rows: IdRow[]; nextCursor: string | null }> {
  const sorts = sortsOf(search.orderBy);
  const terms = [...sorts.map((sort) => sort.term), ...ties];
  const conditions = conditionsOf(search);
  const wanted = search.limit + 1;
  const read = (firstPresent: boolean, cursor: string | undefined, limit: number) => {
    const keyset = createKeyset(terms, { cursor, firstPresent });
    const joins = sorts.flatMap(({ logged }, index) =>
      logged ? [sql`${sql.raw(firstPresent && index === 0 ? "join" : "left join")} ${logged.join}`] : [],
    );
    const [first] = sorts;
    const present = firstPresent ? first?.logged?.present : undefined;
    return db.execute<IdRow>(sql`
      select runs.id, ${keyset.columns} from runs ${sql.join(joins, sql` `)}
      where ${and(conditions, present, keyset.after)} order by ${keyset.orderBy} limit ${limit}`);
  };
  const { cursor } = search;
  const nextCursor = (row: IdRow) => createKeyset(terms, {}).nextCursor(row);
  const startsPresent = sorts[0]?.logged && !(cursor && isPastPresent(terms, cursor));
  const rows: IdRow[] = startsPresent ? [...(await read(true, cursor, wanted))] : [];
  if (!startsPresent || rows.length < wanted) {
    const last = rows.at(-1);
    const from = last ? nextCursor(last) : cursor;
    rows.push(...(await read(false, from, wanted - rows.length)));
  }
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > search.limit && last ? nextCursor(last) : null };
}

/** One page of the runs that a filter finds, in the order asked for, with all that was logged to them. */
export async function searchRuns(
  db: Queryable,
  search: RunSearch,
): Promise<{ rows: FoundRun[]; nextCursor: string | null }> {
  const { rows, nextCursor } = await findPage(db, search);
  const ids = rows.map((row) => row.id);
  return { rows: await readFoundRuns(db, ids), nextCursor };
}

/** How many runs a filter finds. */
export async function countRuns(
  db: Queryable,
  search: Omit<RunSearch, "limit" | "cursor" | "orderBy">,
): Promise<number> {
  return db.$count(runs, conditionsOf(search));
}

/** These runs, in the order of their ids as given. */
export async function readFoundRuns(db: Queryable, ids: readonly string[]): Promise<FoundRun[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      run: runs,
      experimentName: experiments.name,
      createdBy: { id: users.id, name: users.name, email: users.email },
    })
    .from(runs)
    .innerJoin(
      experiments,
      and(eq(experiments.workspaceId, runs.workspaceId), eq(experiments.number, runs.experimentNumber)),
    )
    .leftJoin(users, eq(users.id, runs.createdBy))
    .where(sql`${runs.id} = any(${sql.param(ids)}::text[])`);
  const found = rows.map((row) => row.run);
  const data = await readRunData(db, found);
  const byId = new Map(rows.map((row) => [row.run.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return [{ ...row, data: data.get(id) ?? emptyRunData() }];
  });
}
