import { and, eq, isNull, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs, runTags } from "#db/schema/index.ts";
import type { PipelinePlan } from "#lib/pipelines/model.ts";
import type { DraftTrend } from "./model.ts";

/** Says of a run which draft it was started from. Tags below `mlflow.` are not shown, and not copied when it is run again. */
const draftTag = "mlflow.atelier.draft";

/** The one to look at, where a step has several. */
const mainMetrics = [
  "AUC",
  "Accuracy",
  "F1",
  "Overall_Accuracy",
  "Coefficient_of_Determination",
  "Root_Mean_Squared_Error",
  "Mean_Absolute_Error",
  "Average_Precision",
];

/** Runs of a part of the pipeline may have no metric: so many times more runs are looked at. */
const lookBack = 4;

/** Notes that a run was started from a draft. */
export async function noteDraftRun(
  tx: Queryable,
  workspaceId: string,
  draftId: string,
  run: string,
): Promise<void> {
  const [row] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.name, run), isNull(runs.deletedAt)));
  if (!row) return;
  await tx.insert(runTags).values({ runId: row.id, key: draftTag, value: draftId }).onConflictDoNothing();
}

/** The steps in which a metric is looked for: the asked one, then those after it, the nearest first; all when none is asked. */
function listNearest(nodes: readonly { name: string; needs: readonly string[] }[], from: string | undefined) {
  if (from === undefined) return nodes.map(({ name }) => name).reverse();
  const found = nodes.flatMap(({ name }) => (name === from || name.startsWith(`${from}.`) ? [name] : []));
  const seen = new Set(found);
  for (const name of found) {
    for (const after of nodes) {
      if (seen.has(after.name) || !after.needs.includes(name)) continue;
      seen.add(after.name);
      found.push(after.name);
    }
  }
  return found;
}

function findMain(keys: readonly string[]): string | undefined {
  return mainMetrics.find((key) => keys.includes(key)) ?? [...keys].sort()[0];
}

/** The main metric of a step, or of the nearest step after it that has one, over the last completed runs of a draft. */
export async function findTrend(
  db: Queryable,
  workspaceId: string,
  draftId: string,
  { node, limit }: { node?: string | undefined; limit: number },
): Promise<DraftTrend> {
  const rows = await db.execute<{
    id: string;
    name: string;
    ended_at: string;
    metrics: Record<string, Record<string, number>> | null;
  }>(sql`
    select r.id, r.name, r.ended_at, (
      select json_object_agg(c.node_name, c.metrics) from (
        select s.node_name, json_object_agg(m.key, m.value) as metrics
        from runs s join latest_metrics m on m.run_id = s.id and not m.is_nan
        where s.parent_run_id = r.id and s.node_name is not null and s.status = 'Completed'
        group by s.node_name) c) as metrics
    from runs r join run_tags t on t.run_id = r.id and t.key = ${draftTag} and t.value = ${draftId}
    where r.workspace_id = ${workspaceId} and r.status = 'Completed' and r.deleted_at is null
    order by r.ended_at desc, r.id desc limit ${limit * lookBack}`);
  const none = { metric: null, node: node ?? "", points: [] };
  const newest = rows.find(({ metrics }) => metrics !== null);
  if (!newest) return none;
  const [planned] = await db.select({ plan: runs.plan }).from(runs).where(eq(runs.id, newest.id));
  const plan = planned?.plan as PipelinePlan | null | undefined;
  for (const name of listNearest(plan?.nodes ?? [], node)) {
    const metric = findMain(Object.keys(newest.metrics?.[name] ?? {}));
    if (metric === undefined) continue;
    const points = rows.flatMap(({ name: run, ended_at, metrics }) => {
      const value = metrics?.[name]?.[metric];
      return value === undefined ? [] : [{ run, at: new Date(ended_at).getTime(), value }];
    });
    return { metric, node: name, points: points.slice(0, limit).reverse() };
  }
  return none;
}
