import type { DatasetVersion } from "#lib/datasets/model.ts";
import type { EnvironmentVersion } from "#lib/environments/model.ts";
import { creation } from "./words.ts";

/** One line of a list of assets, of whatever kind: the name and its newest version. */
export function showAsset(asset: {
  name: string;
  description: string;
  tags: Record<string, string>;
  latest: { version: string; type: string } | null;
}): Record<string, unknown> {
  return {
    description: asset.description,
    latest_version: asset.latest?.version ?? null,
    name: asset.name,
    tags: asset.tags,
    type: asset.latest?.type ?? null,
  };
}

/** `path` can be used as the input of a job: the address outside, or the reference of what was uploaded. */
export function showData(data: DatasetVersion & { name: string }): Record<string, unknown> {
  return {
    creation_context: creation(data.createdAt, data.createdBy),
    description: data.description,
    id: `azureml://data/${data.name}/versions/${data.version}`,
    name: data.name,
    path: /^[a-z][a-z0-9+]*:/i.test(data.path) ? data.path : data.reference,
    properties: data.properties,
    tags: data.tags,
    type: data.type,
    version: data.version,
  };
}

export function showEnvironment(environment: EnvironmentVersion): Record<string, unknown> {
  const { definition, name, version } = environment;
  const place = environment.curated ? "registries/azureml/environments" : "environments";
  return {
    conda_file: definition.kind === "conda" ? definition.conda : null,
    creation_context: creation(environment.createdAt, environment.createdBy),
    description: environment.description,
    id: `azureml://${place}/${name}/versions/${version}`,
    image: definition.image ?? null,
    name,
    os_type: "linux",
    pip_file: definition.kind === "pip" ? definition.requirements : null,
    tags: environment.tags,
    version,
  };
}
