import type { Queryable } from "#db/client.ts";
import {
  type LoggedModel,
  type LoggedModelMetric,
  readLoggedModelFacts,
} from "#lib/tracking/queries/logged-models.ts";
import { wireDouble, wireTags } from "../reply.ts";

const statusNumbers: Record<string, number> = {
  LOGGED_MODEL_PENDING: 1,
  LOGGED_MODEL_READY: 2,
  LOGGED_MODEL_UPLOAD_FAILED: 3,
};

export const loggedModelStatuses = statusNumbers;

export function loggedModelArtifactUri(model: Pick<LoggedModel, "experimentNumber" | "id">): string {
  return `mlflow-artifacts:/${model.experimentNumber}/models/${model.id}/artifacts`;
}

function toWireMetric(metric: LoggedModelMetric): object {
  const { key, timestamp, step, datasetName, datasetDigest } = metric;
  return {
    ...{ key, value: wireDouble(metric.value, metric.isNan), timestamp, step },
    ...(datasetName ? { dataset_name: datasetName, dataset_digest: datasetDigest } : {}),
    ...{ model_id: metric.modelId, run_id: metric.runName },
  };
}

/** Logged models with what was measured of them, in the order given. */
export async function readWireLoggedModels(db: Queryable, models: readonly LoggedModel[]): Promise<object[]> {
  const { runNames, metrics } = await readLoggedModelFacts(db, models);
  return models.map((model) => ({
    info: {
      model_id: model.id,
      experiment_id: String(model.experimentNumber),
      name: model.name,
      creation_timestamp_ms: model.createdAt.getTime(),
      last_updated_timestamp_ms: model.updatedAt.getTime(),
      artifact_uri: loggedModelArtifactUri(model),
      status: model.status,
      model_type: model.modelType,
      source_run_id: runNames.get(model.sourceRunId ?? ""),
      tags: wireTags(model.tags),
    },
    data: { params: wireTags(model.params), metrics: (metrics.get(model.id) ?? []).map(toWireMetric) },
  }));
}

export async function readWireLoggedModel(db: Queryable, model: LoggedModel): Promise<object> {
  const [wire] = await readWireLoggedModels(db, [model]);
  if (!wire) throw new Error(`logged model ${model.id} is gone`);
  return wire;
}
