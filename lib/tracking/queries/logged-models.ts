import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { loggedModelMetrics, loggedModels, runs } from "#db/schema/index.ts";
import { notFound } from "#lib/core/errors.ts";

export type LoggedModel = typeof loggedModels.$inferSelect;
export type LoggedModelMetric = typeof loggedModelMetrics.$inferSelect & { runName: string };

export async function findLoggedModel(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<LoggedModel | null> {
  const [row] = await db
    .select()
    .from(loggedModels)
    .where(and(eq(loggedModels.workspaceId, workspaceId), eq(loggedModels.id, id)));
  return row ?? null;
}

/** A logged model, also a deleted one. */
export async function getLoggedModel(db: Queryable, workspaceId: string, id: string): Promise<LoggedModel> {
  const model = await findLoggedModel(db, workspaceId, id);
  if (!model) throw notFound(`Logged model “${id}”`);
  return model;
}

/** What else is known of logged models: the names of the runs that made them, and what was measured of them. */
export async function readLoggedModelFacts(
  db: Queryable,
  models: readonly LoggedModel[],
): Promise<{ runNames: Map<string, string>; metrics: Map<string, LoggedModelMetric[]> }> {
  const runIds = models.flatMap((model) => (model.sourceRunId ? [model.sourceRunId] : []));
  const modelIds = models.map((model) => model.id);
  const [runRows, metricRows] = await Promise.all([
    db
      .select({ id: runs.id, name: runs.name })
      .from(runs)
      .where(sql`${runs.id} = any(${sql.param(runIds)}::text[])`),
    db
      .select({ metric: loggedModelMetrics, runName: runs.name })
      .from(loggedModelMetrics)
      .innerJoin(runs, eq(runs.id, loggedModelMetrics.runId))
      .where(sql`${loggedModelMetrics.modelId} = any(${sql.param(modelIds)}::text[])`)
      .orderBy(loggedModelMetrics.key),
  ]);
  const metrics = new Map<string, LoggedModelMetric[]>(modelIds.map((id) => [id, []]));
  for (const { metric, runName } of metricRows) metrics.get(metric.modelId)?.push({ ...metric, runName });
  return { runNames: new Map(runRows.map((row) => [row.id, row.name])), metrics };
}
