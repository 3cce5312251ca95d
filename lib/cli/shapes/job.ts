import type { RunDetails, RunPort, RunSummary } from "#lib/runs/model.ts";
import { creation } from "./words.ts";

type Shape = Record<string, unknown>;

function inputsOf(run: RunDetails): Shape {
  const written = (run.job?.inputs ?? {}) as Shape;
  return Object.fromEntries(
    run.inputs.map(({ name, type, mode, value, uri }) => [
      name,
      type === "literal" ? (written[name] ?? value) : { mode, path: uri, type },
    ]),
  );
}

function output(run: string, { name, mode, type, uri, value }: RunPort): [string, Shape] {
  const path = uri || `azureml://jobs/${run}/outputs/${name}/paths/`;
  return [name, { mode, path, type, ...(value === null ? {} : { value }) }];
}

/** What only the whole run tells, not its row in a list: the job as it was sent, with what became of its ports. */
function details(run: RunDetails): Shape {
  const artifacts = `azureml://jobs/${run.name}/outputs/artifacts/paths/`;
  return {
    ...run.job,
    inputs: inputsOf(run),
    outputs: {
      default: { mode: "rw_mount", path: artifacts, type: "uri_folder" },
      ...Object.fromEntries(run.outputs.map((port) => output(run.name, port))),
    },
    properties: run.properties,
    services: {
      ...((run.job?.services as Shape | undefined) ?? {}),
      Studio: { endpoint: run.studioUrl, type: "Studio" },
    },
  };
}

/** A run as `az ml job show` prints it; `metrics` (the latest value of each), `error` and `parent_job_name` are ours. */
export function showJob(run: RunDetails | RunSummary): Shape {
  const shape: Shape = {
    environment: run.environment ? `azureml:${run.environment}` : null,
    ...("job" in run ? details(run) : {}),
    compute: run.compute ? `azureml:${run.compute}` : null,
    creation_context: creation(run.createdAt, run.createdBy?.name ?? (run.userName || null)),
    description: run.description,
    display_name: run.displayName,
    error: run.error,
    experiment_name: run.experimentName,
    id: `azureml://jobs/${run.name}`,
    metrics: run.metrics,
    name: run.name,
    parameters: run.params,
    parent_job_name: run.parentName,
    status: run.status,
    tags: run.tags,
    type: run.type,
  };
  return Object.fromEntries(Object.entries(shape).sort(([a], [b]) => (a < b ? -1 : 1)));
}
