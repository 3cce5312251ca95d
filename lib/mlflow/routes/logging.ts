import { z } from "zod";
import { logBatch } from "#lib/tracking/commands/log-batch.ts";
import type { BoundMetric } from "#lib/tracking/commands/log-model-metrics.ts";
import { deleteTag } from "#lib/tracking/commands/set-tags.ts";
import { checkKey } from "#lib/tracking/keys.ts";
import { announce } from "#lib/tracking/live.ts";
import { getActiveRun } from "#lib/tracking/queries/runs.ts";
import { mlflowError } from "../errors.ts";
import { double, int64, list, requiredText, tag, text } from "../fields.ts";
import { jsonRoute, type MlflowRoute } from "../route.ts";
import { runId } from "./runs.ts";

const metricFields = {
  key: requiredText,
  value: double,
  timestamp: int64,
  step: int64.default(0),
  model_id: text.optional(),
  dataset_name: text.optional(),
  dataset_digest: text.optional(),
};
const metric = z.object(metricFields);
const param = z.object({ key: requiredText, value: text.default("") });

function toMetric(input: z.output<typeof metric>): BoundMetric {
  const { key, value, timestamp, step } = input;
  return {
    ...{ key, value, timestamp, step },
    ...{ modelId: input.model_id, datasetName: input.dataset_name, datasetDigest: input.dataset_digest },
  };
}

const logMetric = jsonRoute({
  method: "POST",
  path: "runs/log-metric",
  access: "contributor",
  input: runId.pipe(z.object({ run_id: requiredText, ...metricFields })),
  async handle({ services, workspace }, input) {
    const run = await getActiveRun(services.db, workspace.id, input.run_id);
    await logBatch(services.db, run, { metrics: [toMetric(input)] });
    return {};
  },
});

const logParameter = jsonRoute({
  method: "POST",
  path: "runs/log-parameter",
  access: "contributor",
  input: runId.pipe(z.object({ run_id: requiredText, ...param.shape })),
  async handle({ services, workspace }, { run_id, key, value }) {
    const run = await getActiveRun(services.db, workspace.id, run_id);
    await logBatch(services.db, run, { params: [{ key, value }] });
    return {};
  },
});

const setTag = jsonRoute({
  method: "POST",
  path: "runs/set-tag",
  access: "contributor",
  input: runId.pipe(z.object({ run_id: requiredText, ...tag.shape })),
  async handle({ services, workspace }, { run_id, key, value }) {
    checkKey(key, "key");
    const run = await getActiveRun(services.db, workspace.id, run_id);
    await logBatch(services.db, run, { tags: [{ key, value }] });
    return {};
  },
});

const removeTag = jsonRoute({
  method: "POST",
  path: "runs/delete-tag",
  access: "contributor",
  input: runId.pipe(z.object({ run_id: requiredText, key: requiredText })),
  async handle({ services, workspace }, { run_id, key }) {
    const run = await getActiveRun(services.db, workspace.id, run_id);
    if (await deleteTag(services.db, run, key)) {
      announce(services.db, run, "updated");
      return {};
    }
    throw mlflowError(
      "NOT_FOUND",
      "RESOURCE_DOES_NOT_EXIST",
      `No tag with name: ${key} in run with id ${run_id}`,
    );
  },
});

const batch = jsonRoute({
  method: "POST",
  path: "runs/log-batch",
  access: "contributor",
  input: z.object({ run_id: requiredText, metrics: list(metric), params: list(param), tags: list(tag) }),
  async handle({ services, workspace }, { run_id, metrics, params, tags }) {
    const run = await getActiveRun(services.db, workspace.id, run_id);
    await logBatch(services.db, run, { metrics: metrics.map(toMetric), params, tags });
    return {};
  },
});

export const loggingRoutes: readonly MlflowRoute[] = [logMetric, logParameter, setTag, removeTag, batch];
