import { dataTypes, modelTypes } from "./kinds/data-types.ts";
import type { SpecKind } from "./kinds/registry.ts";
import { findScalarText } from "./written.ts";

const jobTypes = "command pipeline sweep automl spark import data_transfer finetuning distillation".split(
  " ",
);

/** File names of the public schemas, lower-cased, without their ending. */
const schemaKinds: Record<string, SpecKind> = {
  environment: "environment",
  data: "data",
  model: "model",
  amlcompute: "compute",
  compute: "compute",
  managedonlineendpoint: "online-endpoint",
  kubernetesonlineendpoint: "online-endpoint",
  onlineendpoint: "online-endpoint",
  managedonlinedeployment: "online-deployment",
  kubernetesonlinedeployment: "online-deployment",
  onlinedeployment: "online-deployment",
  workspace: "workspace",
};

/** What a file is, when nobody said: by its `$schema`, else by the keys that only one kind has. */
export function detectKind(raw: Record<string, unknown>): SpecKind | undefined {
  const schema = schemaName(raw);
  if (schema !== undefined) {
    if (/(command|pipeline|sweep|spark|automl.*|import|datatransfer)job$/.test(schema)) return "job";
    if (/component$/.test(schema)) return "component";
    const kind = schemaKinds[schema];
    if (kind) return kind;
  }
  const type = findScalarText(raw.type)?.toLowerCase() ?? "";
  if (jobTypes.includes(type) || "command" in raw || "jobs" in raw || "trial" in raw) return "job";
  if ("trigger" in raw && "create_job" in raw) return "schedule";
  if ("endpoint_name" in raw || "instance_type" in raw || "code_configuration" in raw)
    return "online-deployment";
  if ("auth_mode" in raw || "traffic" in raw) return "online-endpoint";
  if ("image" in raw || "build" in raw || "conda_file" in raw || "pip_file" in raw) return "environment";
  if ((dataTypes as readonly string[]).includes(type)) return "data";
  if ((modelTypes as readonly string[]).includes(type)) return "model";
  if (/^(amlcompute|docker|local|computeinstance|kubernetes|virtualmachine|synapsespark)$/.test(type))
    return "compute";
  return undefined;
}

/** The type of a job: what it says, else a hint of its schema, else command. */
export function jobTypeOf(raw: Record<string, unknown>): {
  type: string;
  key: "type" | "$schema" | "jobs" | null;
} {
  const type = findScalarText(raw.type)?.toLowerCase();
  if (type !== undefined) return { type, key: "type" };
  const hint = /^(pipeline|sweep|spark|automl|import)/.exec(schemaName(raw) ?? "")?.[1];
  if (hint !== undefined && schemaName(raw)?.endsWith("job")) return { type: hint, key: "$schema" };
  if ("jobs" in raw && !("command" in raw)) return { type: "pipeline", key: "jobs" };
  return { type: "command", key: null };
}

export function isJobType(type: string): boolean {
  return jobTypes.includes(type);
}

export { jobTypes };

function schemaName(raw: Record<string, unknown>): string | undefined {
  const schema = typeof raw.$schema === "string" ? raw.$schema : "";
  return /([A-Za-z]+)(\.schema)?\.json$/i.exec(schema)?.[1]?.toLowerCase();
}
