import { loadSpecFile } from "#lib/spec/load.ts";
import { UsageError } from "../errors.ts";
import { given, readWhole } from "../flags.ts";
import { textValues } from "../spec-words.ts";

/** What `online-deployment update` may change. Only what is given is there. */
export interface DeploymentChange {
  model?: string;
  instanceType?: string;
  instanceCount?: number;
  requestTimeoutMs?: number;
  maxConcurrentRequestsPerInstance?: number;
  maxQueueWaitMs?: number;
  environmentVariables?: Record<string, string>;
  description?: string;
  tags?: Record<string, string>;
}

const numbers: Record<string, keyof DeploymentChange> = {
  instance_count: "instanceCount",
  "request_settings.request_timeout_ms": "requestTimeoutMs",
  "request_settings.max_concurrent_requests_per_instance": "maxConcurrentRequestsPerInstance",
  "request_settings.max_queue_wait_ms": "maxQueueWaitMs",
};

const texts: Record<string, keyof DeploymentChange> = {
  model: "model",
  instance_type: "instanceType",
  description: "description",
};

function applyAssignment(change: DeploymentChange, path: string, value: string): DeploymentChange {
  const number = numbers[path];
  if (number) return { ...change, [number]: readWhole(`--set ${path}`, value) };
  const text = texts[path];
  if (text) return { ...change, [text]: value };
  const [map, ...rest] = path.split(".");
  const key = rest.join(".");
  if (map === "tags" && key) return { ...change, tags: { ...change.tags, [key]: value } };
  if (map === "environment_variables" && key) {
    return { ...change, environmentVariables: { ...change.environmentVariables, [key]: value } };
  }
  const known = [...Object.keys(texts), ...Object.keys(numbers), "tags.x", "environment_variables.x"];
  throw new UsageError(`--set: “${path}” cannot be changed; ${known.join(", ")} can.`);
}

async function readFromFile(file: string, name: string, endpointName: string): Promise<DeploymentChange> {
  const flags = { name, endpoint_name: endpointName };
  const { spec } = await loadSpecFile(file, { kind: "online-deployment", flags });
  const limits = spec.request_settings;
  return given({
    model: typeof spec.model === "string" ? spec.model : undefined,
    instanceType: spec.instance_type,
    instanceCount: spec.instance_count,
    requestTimeoutMs: limits?.request_timeout_ms,
    maxConcurrentRequestsPerInstance: limits?.max_concurrent_requests_per_instance,
    maxQueueWaitMs: limits?.max_queue_wait_ms,
    environmentVariables: spec.environment_variables,
    description: spec.description,
    tags: spec.tags && textValues(spec.tags),
  });
}

/** The file's words, then `--set` over them. */
export async function readDeploymentChange(
  flags: { name: string; endpointName: string; file?: string },
  assignments: readonly [path: string, value: string][],
): Promise<DeploymentChange> {
  const start = flags.file ? await readFromFile(flags.file, flags.name, flags.endpointName) : {};
  return assignments.reduce((change, [path, value]) => applyAssignment(change, path, value), start);
}
