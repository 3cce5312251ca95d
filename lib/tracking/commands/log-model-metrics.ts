import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { loggedModels } from "#db/schema/index.ts";
import { flags, type MetricPoint, storedValue } from "./log-metrics.ts";

/** A point that may also be said of a logged model, perhaps on a data set. */
export interface BoundMetric extends MetricPoint {
  modelId?: string | undefined;
  datasetName?: string | undefined;
  datasetDigest?: string | undefined;
}

/** Keeps, for each logged model of the workspace, the latest value of each key and data set that a run measured. */
export async function logModelMetrics(
  db: Queryable,
  run: { id: string; workspaceId: string },
  points: readonly BoundMetric[],
): Promise<void> {
  const ids = [...new Set(points.flatMap((point) => (point.modelId ? [point.modelId] : [])))];
  if (ids.length === 0) return;
  const rows = await db
    .select({ id: loggedModels.id })
    .from(loggedModels)
    .where(
      and(
        eq(loggedModels.workspaceId, run.workspaceId),
        inArray(loggedModels.id, ids),
        isNull(loggedModels.deletedAt),
      ),
    );
  const known = new Set(rows.map((row) => row.id));
  const wanted = points
    .filter((point) => point.modelId && known.has(point.modelId))
    .map((point) => ({ ...point, ...storedValue(point.value) }));
  if (wanted.length === 0) return;
  const column = (values: readonly (string | number)[]) => sql.param(values);
  await db.execute(sql`
    insert into logged_model_metrics as latest
      (model_id, run_id, key, dataset_name, dataset_digest, step, "timestamp", value, is_nan)
    select distinct on (model_id, key, dataset_name, dataset_digest)
      model_id, ${run.id}, key, dataset_name, dataset_digest, step, "timestamp", value, is_nan
    from unnest(
      ${column(wanted.map((point) => point.modelId ?? ""))}::text[],
      ${column(wanted.map((point) => point.key))}::text[],
      ${column(wanted.map((point) => point.datasetName ?? ""))}::text[],
      ${column(wanted.map((point) => point.datasetDigest ?? ""))}::text[],
      ${column(wanted.map((point) => point.step))}::bigint[],
      ${column(wanted.map((point) => point.timestamp))}::bigint[],
      ${column(wanted.map((point) => point.value))}::float8[],
      ${flags(wanted.map((point) => point.isNan))}::bool[]
    ) as t (model_id, key, dataset_name, dataset_digest, step, "timestamp", value, is_nan)
    order by model_id, key, dataset_name, dataset_digest, step desc, "timestamp" desc, value desc
    on conflict on constraint logged_model_metrics_pk do update
    set step = excluded.step, "timestamp" = excluded."timestamp", value = excluded.value, is_nan = excluded.is_nan
    where (latest.step, latest."timestamp", latest.value) < (excluded.step, excluded."timestamp", excluded.value)
  `);
}
