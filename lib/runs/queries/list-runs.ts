import { and, desc, eq, ilike, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import { decodeCursor, encodeCursor } from "#lib/api/page.ts";
import { invalid } from "#lib/core/errors.ts";
import { isRunStatus } from "#lib/spec/statuses.ts";
import { findExperimentByName } from "#lib/tracking/experiments.ts";
import type { RunSummary } from "../model.ts";
import { findRun } from "./get-run.ts";
import { toSummaries } from "./summaries.ts";

export interface RunListQuery {
  workspaceId: string;
  userId: string;
  search?: string | undefined;
  experiment?: string | undefined;
  status?: string | undefined;
  parent?: string | undefined;
  children?: boolean | undefined;
  mine?: boolean | undefined;
  view: "active" | "archived" | "all";
  limit: number;
  cursor?: string | undefined;
}

/** The conditions that the list's own fields stand for; the search language adds to them. Null: nothing can match. */
export async function runConditions(db: Queryable, query: RunListQuery): Promise<SQL[] | null> {
  const conditions: (SQL | undefined)[] = [eq(runs.workspaceId, query.workspaceId), isNull(runs.deletedAt)];
  if (query.view === "active") conditions.push(isNull(runs.archivedAt));
  if (query.view === "archived") conditions.push(isNotNull(runs.archivedAt));
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

/** Newest first, paged by creation. */
export async function listRuns(
  db: Queryable,
  query: RunListQuery,
): Promise<{ items: RunSummary[]; nextCursor: string | null; total: number }> {
  const conditions = await runConditions(db, query);
  if (!conditions) return { items: [], nextCursor: null, total: 0 };
  const total = await db.$count(runs, and(...conditions));
  if (query.cursor) {
    const [at, id] = decodeCursor(query.cursor, 2);
    const when = new Date(Number(at));
    conditions.push(
      or(lt(runs.createdAt, when), and(eq(runs.createdAt, when), lt(runs.id, String(id)))) ?? sql`true`,
    );
  }
  const rows = await db
    .select()
    .from(runs)
    .where(and(...conditions))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: await toSummaries(db, page),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.createdAt.getTime(), last.id]) : null,
    total,
  };
}
