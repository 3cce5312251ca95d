import type { Queryable } from "#db/client.ts";
import { isRunStatus, toMlflowStatus } from "#lib/spec/statuses.ts";
import {
  emptyRunData,
  type LatestMetric,
  type RunData,
  type RunDataset,
  type RunModel,
  readRunData,
  readRunLinks,
} from "#lib/tracking/queries/run-data.ts";
import type { Run } from "#lib/tracking/queries/runs.ts";
import { wireDouble, wireTags, wireTime } from "../reply.ts";

/** Where the client puts a run's artifacts: it resolves the address against its own tracking address. */
export function runArtifactUri(run: Pick<Run, "experimentNumber" | "name">): string {
  return `mlflow-artifacts:/${run.experimentNumber}/${run.name}/artifacts`;
}

export function toWireRunInfo(run: Run): object {
  return {
    run_id: run.name,
    run_uuid: run.name,
    run_name: run.displayName,
    experiment_id: String(run.experimentNumber),
    user_id: run.userName,
    status: isRunStatus(run.status) ? toMlflowStatus(run.status) : "RUNNING",
    start_time: (run.startedAt ?? run.createdAt).getTime(),
    end_time: wireTime(run.endedAt),
    artifact_uri: runArtifactUri(run),
    lifecycle_stage: run.deletedAt ? "deleted" : "active",
  };
}

export function toWireMetric(metric: LatestMetric): object {
  const { key, timestamp, step } = metric;
  return { key, value: wireDouble(metric.value, metric.isNan), timestamp, step };
}

function toWireDataset(input: RunDataset): object {
  const { name, digest, source, schema, profile } = input;
  return {
    tags: wireTags(input.tags),
    dataset: {
      name,
      digest,
      source_type: input.sourceType,
      source,
      ...(schema === null ? {} : { schema }),
      ...(profile === null ? {} : { profile }),
    },
  };
}

interface RunLinks {
  datasets: RunDataset[];
  models: RunModel[];
}

export function toWireRun(run: Run, data: RunData, links: RunLinks = { datasets: [], models: [] }): object {
  const inputs = links.models.filter((model) => model.direction === "input");
  const outputs = links.models.filter((model) => model.direction === "output");
  return {
    info: toWireRunInfo(run),
    data: { metrics: data.metrics.map(toWireMetric), params: data.params, tags: data.tags },
    inputs: {
      dataset_inputs: links.datasets.map(toWireDataset),
      model_inputs: inputs.map(({ modelId }) => ({ model_id: modelId })),
    },
    outputs: { model_outputs: outputs.map(({ modelId, step }) => ({ model_id: modelId, step })) },
  };
}

/** A run with all that was logged to it. */
export async function readWireRun(db: Queryable, run: Run): Promise<object> {
  const [data, links] = await Promise.all([readRunData(db, [run]), readRunLinks(db, [run.id])]);
  return toWireRun(run, data.get(run.id) ?? emptyRunData(), links.get(run.id));
}
