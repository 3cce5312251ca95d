import { z } from "zod";
import {
  byType,
  choice,
  flag,
  freeText,
  mapping,
  name,
  opaqueMap,
  opt,
  real,
  reference,
  tagMap,
  text,
  textMap,
  whole,
} from "../fields.ts";
import { isMapping } from "../paths.ts";
import { checkEnvironment, environmentField, environmentLocals } from "./environment.ts";
import type { KindDefinition, LocalField } from "./kind-definition.ts";
import { inlineModelSchema } from "./model.ts";
import { endpointName } from "./online-endpoint.ts";

const modelText = reference((ref) => {
  if (ref.kind === "local")
    return `“${ref.text}” is no reference. Write model: {path: ${ref.path}} for a folder.`;
  if (ref.kind === "run" || ref.kind === "job_output") return undefined;
  if (ref.kind !== "asset" || (ref.type ?? "model") !== "model") return "names no model.";
  if (ref.version !== undefined || ref.label !== undefined) return undefined;
  return `names no version of “${ref.name}”. Add one, as in azureml:${ref.name}:1 or azureml:${ref.name}@latest.`;
});

/** Seconds and counts. */
const probe = mapping({
  initial_delay: whole(1).default(10),
  period: whole(1).default(10),
  timeout: whole(1).default(2),
  success_threshold: whole(1).default(1),
  failure_threshold: whole(1).default(30),
});

const scale = byType({
  default: mapping({ type: z.literal("default") }),
  target_utilization: mapping({
    type: z.literal("target_utilization"),
    min_instances: whole(0).default(1),
    max_instances: whole(1).default(1),
    target_utilization_percentage: whole(1, 100).default(70),
    polling_interval: whole(1).default(1),
  }),
});

const shape = {
  name,
  endpoint_name: endpointName,
  type: choice(["managed", "kubernetes"]).default("managed"),
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
  model: opt(z.union([modelText, inlineModelSchema])),
  model_mount_path: opt(text),
  code_configuration: opt(mapping({ code: text, scoring_script: text })),
  environment: opt(environmentField),
  environment_variables: opt(textMap),
  instance_type: opt(text),
  instance_count: whole(0).default(1),
  app_insights_enabled: opt(flag),
  egress_public_network_access: opt(choice(["enabled", "disabled"])),
  scale_settings: opt(scale),
  request_settings: opt(
    mapping({
      request_timeout_ms: whole(1, 180_000).default(5000),
      max_concurrent_requests_per_instance: whole(1).default(1),
      max_queue_wait_ms: whole(0).default(500),
    }),
  ),
  liveness_probe: opt(probe),
  readiness_probe: opt(probe),
  data_collector: opt(
    mapping({
      sampling_rate: real.default(1),
      rolling_rate: choice(["minute", "hour", "day", "month", "year"]).default("hour"),
      collections: opt(opaqueMap),
      request_logging: opt(opaqueMap),
    }),
  ),
  resources: opt(opaqueMap),
};

export const onlineDeploymentSchema = mapping(shape, [
  "provisioning_errors",
  "location",
  "private_network_connection",
  "image_digest",
  "ready_count",
  "traffic_percent",
]);
export type OnlineDeploymentSpec = z.output<typeof onlineDeploymentSchema>;

export const onlineDeploymentKind: KindDefinition<OnlineDeploymentSpec> = {
  schema: onlineDeploymentSchema,
  keys: Object.keys(shape),
  check(spec, report, options) {
    if (spec.environment !== undefined) {
      checkEnvironment(spec.environment, ["environment"], report, options.curated);
    }
    if (spec.code_configuration && spec.environment === undefined) {
      report.error(["environment"], "is required, since a scoring script needs packages to run with.");
    }
    if (spec.model === undefined && spec.environment === undefined) {
      report.error(["model"], "is required, unless an environment of its own holds the model.");
    }
  },
  toMapping: (spec) => spec,
  localFields: onlineDeploymentLocals,
};

function onlineDeploymentLocals(raw: Record<string, unknown>): LocalField[] {
  const fields = environmentLocals(raw.environment, ["environment"]);
  if (isMapping(raw.model)) fields.push({ path: ["model", "path"], purpose: "model", expects: "any" });
  if (isMapping(raw.code_configuration)) {
    fields.push({ path: ["code_configuration", "code"], purpose: "code", expects: "folder" });
  }
  return fields;
}
