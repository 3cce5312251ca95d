import type { Database } from "#db/client.ts";
import { invalid } from "#lib/core/errors.ts";
import { checkKey } from "../keys.ts";
import { announce } from "../live.ts";
import { limits } from "../model.ts";
import type { Run } from "../queries/runs.ts";
import { logMetrics } from "./log-metrics.ts";
import { type BoundMetric, logModelMetrics } from "./log-model-metrics.ts";
import { logParams, type Param } from "./log-params.ts";
import { setTags, type Tag } from "./set-tags.ts";

export interface Batch {
  metrics?: readonly BoundMetric[];
  params?: readonly Param[];
  tags?: readonly Tag[];
}

function checkSizes(metrics: number, params: number, tags: number): void {
  const tooMany = (what: string, count: number, most: number) => {
    if (count > most) {
      throw invalid(
        what,
        `A batch logging request can contain at most ${most} ${what}. Got ${count} ${what}. Please split up ${what} across multiple requests and try again.`,
      );
    }
  };
  tooMany("metrics", metrics, limits.metricsPerBatch);
  tooMany("params", params, limits.paramsPerBatch);
  tooMany("tags", tags, limits.tagsPerBatch);
  tooMany("metrics, params, and tags", metrics + params + tags, limits.entitiesPerBatch);
}

function checkBatch({ metrics = [], params = [], tags = [] }: Batch): void {
  checkSizes(metrics.length, params.length, tags.length);
  const known = new Set<string>();
  for (const [index, metric] of metrics.entries()) {
    // A batch has many points of few keys.
    if (!known.has(metric.key)) checkKey(metric.key, `metrics[${index}].name`);
    known.add(metric.key);
    if (metric.timestamp < 0) {
      throw invalid(
        `metrics[${index}].timestamp`,
        "metric timestamps must not be negative",
        metric.timestamp,
      );
    }
  }
  for (const [index, param] of params.entries()) checkKey(param.key, `params[${index}].key`);
  for (const [index, tag] of tags.entries()) checkKey(tag.key, `tags[${index}].key`);
  const values = new Map<string, string>();
  for (const { key, value } of params) {
    const other = values.get(key);
    if (other !== undefined && other !== value) {
      throw invalid(
        "params",
        `Duplicate parameter keys have been submitted: ['${key}']. Please ensure the request contains only one param value per param key.`,
      );
    }
    values.set(key, value);
  }
}

/** Writes metrics, parameters and tags of a run, all or nothing, and tells watchers. */
export async function logBatch(db: Database, run: Run, batch: Batch): Promise<void> {
  checkBatch(batch);
  const { metrics = [], params = [], tags = [] } = batch;
  const bound = metrics.filter((metric) => metric.modelId);
  const onlyMetrics = params.length === 0 && tags.length === 0 && bound.length === 0;
  if (onlyMetrics) {
    // One statement is a transaction of its own.
    await logMetrics(db, run.id, metrics);
  } else {
    await db.transaction(async (tx) => {
      await logParams(tx, run, params);
      await setTags(tx, run, tags);
      await logMetrics(tx, run.id, metrics);
      await logModelMetrics(tx, run, bound);
    });
  }
  if (metrics.length > 0) announce(db, run, "metrics", new Set(metrics.map((metric) => metric.key)));
  if (params.length + tags.length > 0) announce(db, run, "updated");
}
