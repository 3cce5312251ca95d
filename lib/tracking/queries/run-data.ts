import { asc, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { latestMetrics, params, runDatasets, runModels, runs, runTags } from "#db/schema/index.ts";
import { columnTags, parentTag } from "../tags.ts";
import type { Run } from "./runs.ts";

export interface LatestMetric {
  key: string;
  step: number;
  timestamp: number;
  value: number;
  isNan: boolean;
}

/** What was logged to a run. */
export interface RunData {
  metrics: LatestMetric[];
  params: { key: string; value: string }[];
  /** With the tags that stand for columns. */
  tags: { key: string; value: string }[];
  parentName: string | null;
}

export function emptyRunData(): RunData {
  return { metrics: [], params: [], tags: [], parentName: null };
}

/** What was logged to each of these runs, by `runs.id`, in key order. */
export async function readRunData(db: Queryable, found: readonly Run[]): Promise<Map<string, RunData>> {
  const data = new Map<string, RunData>(found.map((run) => [run.id, emptyRunData()]));
  if (found.length === 0) return data;
  const ids = sql`any(${sql.param(found.map((run) => run.id))}::text[])`;
  const [metricRows, paramRows, tagRows, parents] = await Promise.all([
    db.select().from(latestMetrics).where(sql`${latestMetrics.runId} = ${ids}`),
    db.select().from(params).where(sql`${params.runId} = ${ids}`),
    db.select().from(runTags).where(sql`${runTags.runId} = ${ids}`),
    readParentNames(db, found),
  ]);
  for (const { runId, ...metric } of metricRows) data.get(runId)?.metrics.push(metric);
  for (const { runId, ...param } of paramRows) data.get(runId)?.params.push(param);
  for (const { runId, ...tag } of tagRows) data.get(runId)?.tags.push(tag);
  for (const run of found) {
    const entry = data.get(run.id);
    if (!entry) continue;
    for (const [key, column] of Object.entries(columnTags)) {
      if (run[column]) entry.tags.push({ key, value: run[column] });
    }
    const parent = (run.parentRunId && parents.get(run.parentRunId)) || null;
    entry.parentName = parent;
    if (parent && !entry.tags.some((tag) => tag.key === parentTag)) {
      entry.tags.push({ key: parentTag, value: parent });
    }
    for (const list of [entry.metrics, entry.params, entry.tags]) {
      list.sort((a, b) => (a.key < b.key ? -1 : 1));
    }
  }
  return data;
}

async function readParentNames(db: Queryable, found: readonly Run[]): Promise<Map<string, string>> {
  const ids = [...new Set(found.flatMap((run) => (run.parentRunId ? [run.parentRunId] : [])))];
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: runs.id, name: runs.name })
    .from(runs)
    .where(sql`${runs.id} = any(${sql.param(ids)}::text[])`);
  return new Map(rows.map((row) => [row.id, row.name]));
}

export type RunDataset = typeof runDatasets.$inferSelect;
export type RunModel = typeof runModels.$inferSelect;

/** The data sets and models that runs said they used or made, by `runs.id`. */
export async function readRunLinks(
  db: Queryable,
  runIds: string[],
): Promise<Map<string, { datasets: RunDataset[]; models: RunModel[] }>> {
  const links = new Map(runIds.map((id) => [id, { datasets: [] as RunDataset[], models: [] as RunModel[] }]));
  if (runIds.length === 0) return links;
  const ids = sql`any(${sql.param(runIds)}::text[])`;
  const [datasetRows, modelRows] = await Promise.all([
    db.select().from(runDatasets).where(sql`${runDatasets.runId} = ${ids}`).orderBy(asc(runDatasets.name)),
    db.select().from(runModels).where(sql`${runModels.runId} = ${ids}`).orderBy(asc(runModels.modelId)),
  ]);
  for (const row of datasetRows) links.get(row.runId)?.datasets.push(row);
  for (const row of modelRows) links.get(row.runId)?.models.push(row);
  return links;
}
