import type { MlmodelFacts, ModelSummary, ModelVersion } from "#lib/models/model.ts";
import { showAsset } from "./assets.ts";
import { creation } from "./words.ts";

/** A version as `az ml model show` prints it; `labels` are ours. `path` loads again as the path of a model. */
export function showModel(model: ModelVersion, facts?: MlmodelFacts | null): Record<string, unknown> {
  return {
    creation_context: creation(model.createdAt, model.createdBy),
    description: model.description,
    ...(facts ? { flavors: Object.fromEntries(facts.flavors.map((flavor) => [flavor, {}])) } : {}),
    id: `azureml://models/${model.name}/versions/${model.version}`,
    job_name: model.run?.name ?? null,
    labels: model.labels,
    name: model.name,
    path: /^(azureml|runs):/.test(model.path) ? model.path : model.reference,
    properties: model.properties,
    stage: model.stage,
    tags: model.tags,
    type: model.type,
    version: model.version,
  };
}

export function showModelSummary(model: ModelSummary): Record<string, unknown> {
  return { ...showAsset(model), stage: model.stage };
}
