import { eq, ilike, inArray, isNull, or, type SQL } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import { invalid } from "#lib/core/errors.ts";
import { isRunStatus } from "#lib/spec/statuses.ts";
import { findExperimentByName } from "#lib/tracking/experiments.ts";
import { countRuns, searchRuns } from "#lib/tracking/search/search-runs.ts";
import type { RunSummary } from "../model.ts";
import { findRun } from "./get-run.ts";
import { toSummaries } from "./summaries.ts";

export interface RunListQuery {
  workspaceId: string;
  userId: string;
  /** In the search language. */
  filter?: string | undefined;
  search?: string | undefined;
  experiment?: string | undefined;
  status?: string | undefined;
  parent?: string | undefined;
  children?: boolean | undefined;
  mine?: boolean | undefined;
  view: "active" | "archived" | "all";
  sort?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** The conditions that the list's own fields stand for. Null: nothing can match. */
async function readConditions(db: Queryable, query: RunListQuery): Promise<SQL[] | null> {
  const conditions: (SQL | undefined)[] = [];
  if (query.experiment !== undefined) {
    const experiment = await findExperimentByName(db, query.workspaceId, query.experiment);
    if (!experiment) return null;
    conditions.push(eq(runs.experimentNumber, experiment.number));
  }
  if (query.parent !== undefined) {
    const parent = await findRun(db, query.workspaceId, query.parent);
    if (!parent) return null;
    conditions.push(eq(runs.parentRunId, parent.id));
  } else if (!query.children) {
    conditions.push(isNull(runs.parentRunId));
  }
  if (query.status) {
    const wanted = query.status.split(",").map((word) => word.trim());
    const unknown = wanted.find((word) => !isRunStatus(word));
    if (unknown !== undefined) throw invalid("status", `“${unknown}” is no status of a run.`, unknown);
    conditions.push(inArray(runs.status, wanted));
  }
  if (query.mine) conditions.push(eq(runs.createdBy, query.userId));
  if (query.search) {
    const pattern = `%${query.search.replace(/[%_\\]/g, "\\$&")}%`;
    conditions.push(or(ilike(runs.displayName, pattern), ilike(runs.name, pattern)));
  }
  return conditions.filter((condition) => condition !== undefined);
}

/** One page of the runs that a filter finds, newest first unless sorted. The first page says how many there are. */
export async function listRuns(
  db: Queryable,
  query: RunListQuery,
): Promise<{ items: RunSummary[]; nextCursor: string | null; total?: number }> {
  const where = await readConditions(db, query);
  if (!where) return { items: [], nextCursor: null, total: 0 };
  const { workspaceId, filter, limit, cursor, sort: orderBy } = query;
  const view = query.view === "all" ? ("current" as const) : query.view;
  const { rows, nextCursor } = await searchRuns(db, {
    workspaceId,
    filter,
    orderBy,
    cursor,
    limit,
    view,
    where,
  });
  const logged = new Map(rows.map(({ run, data }) => [run.id, data]));
  const items = await toSummaries(
    db,
    rows.map(({ run }) => run),
    logged,
  );
  if (cursor) return { items, nextCursor };
  return { items, nextCursor, total: await countRuns(db, { workspaceId, filter, view, where }) };
}
