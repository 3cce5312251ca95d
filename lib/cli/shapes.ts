/** Results in the words and shapes that `az ml` prints, so that its users' scripts read them. */

import type { ComputeTarget } from "#lib/computes/model.ts";
import type { DatasetVersion } from "#lib/datasets/model.ts";
import type { EnvironmentVersion } from "#lib/environments/model.ts";
import type { RunDetails, RunPort, RunSummary } from "#lib/runs/model.ts";
import type { MyWorkspace } from "#lib/workspaces/model.ts";

/** ISO 8601 in UTC, or null. */
export function isoTime(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}

function creation(at: number, by: string | null): Record<string, unknown> {
  return { created_at: isoTime(at), created_by: by, created_by_type: "User" };
}

function input(port: RunPort): Record<string, unknown> | string {
  if (port.type === "literal") return port.value ?? "";
  return { mode: port.mode, path: port.uri, type: port.type };
}

export function showJob(run: RunDetails | RunSummary): Record<string, unknown> {
  const details = "inputs" in run ? run : undefined;
  const artifacts = `azureml://jobs/${run.name}/outputs/artifacts/paths/`;
  const outputs = (details?.outputs ?? []).map((port) => [
    port.name,
    {
      mode: port.mode,
      path: port.uri || `azureml://jobs/${run.name}/outputs/${port.name}/paths/`,
      type: port.type,
    },
  ]);
  return {
    ...(details?.command ? { command: details.command } : {}),
    compute: run.compute ? `azureml:${run.compute}` : null,
    creation_context: creation(run.createdAt, run.createdBy?.name ?? (run.userName || null)),
    description: run.description,
    display_name: run.displayName,
    ...(details?.snapshot ? { code: `azureml:${details.snapshot.digest}` } : {}),
    environment: run.environment ? `azureml:${run.environment}` : null,
    error: run.error,
    experiment_name: run.experimentName,
    id: `azureml://jobs/${run.name}`,
    ...(details
      ? { inputs: Object.fromEntries(details.inputs.map((port) => [port.name, input(port)])) }
      : {}),
    name: run.name,
    ...(details
      ? {
          outputs: {
            default: { mode: "rw_mount", path: artifacts, type: "uri_folder" },
            ...Object.fromEntries(outputs),
          },
        }
      : {}),
    parameters: run.params,
    properties: details?.properties ?? {},
    ...(details ? { services: { Studio: { endpoint: details.studioUrl, type: "Studio" } } } : {}),
    status: run.status,
    tags: run.tags,
    type: run.type,
  };
}

export function showData(data: DatasetVersion & { name: string }): Record<string, unknown> {
  return {
    creation_context: creation(data.createdAt, data.createdBy),
    description: data.description,
    id: `azureml://data/${data.name}/versions/${data.version}`,
    name: data.name,
    path: data.path || data.reference,
    properties: data.properties,
    tags: data.tags,
    type: data.type,
    version: data.version,
  };
}

export function showEnvironment(environment: EnvironmentVersion): Record<string, unknown> {
  const { definition } = environment;
  return {
    conda_file: definition.kind === "conda" ? definition.conda : null,
    creation_context: creation(environment.createdAt, environment.createdBy),
    description: environment.description,
    id: environment.curated
      ? `azureml://registries/azureml/environments/${environment.name}/versions/${environment.version}`
      : `azureml://environments/${environment.name}/versions/${environment.version}`,
    image: definition.image ?? null,
    name: environment.name,
    os_type: "linux",
    pip_file: definition.kind === "pip" ? definition.requirements : null,
    tags: environment.tags,
    version: environment.version,
  };
}

export function showCompute(compute: ComputeTarget): Record<string, unknown> {
  return {
    created_on: isoTime(compute.createdAt),
    description: compute.description,
    id: `azureml:${compute.name}`,
    max_instances: compute.maxInstances,
    name: compute.name,
    provisioning_errors: compute.availability.available ? null : compute.availability.reason,
    provisioning_state: compute.availability.available ? "Succeeded" : "Failed",
    tags: compute.tags,
    type: compute.provider,
  };
}

export function showWorkspace(workspace: MyWorkspace): Record<string, unknown> {
  return {
    description: workspace.description,
    display_name: workspace.displayName,
    name: workspace.name,
    resource_group: workspace.teamName,
    role: workspace.role,
  };
}
