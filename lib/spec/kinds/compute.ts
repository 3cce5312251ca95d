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
  tagMap,
  text,
  whole,
} from "../fields.ts";
import type { KindDefinition } from "./kind-definition.ts";

const about = {
  name,
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
  location: opt(text),
};
const readOnly = ["provisioning_errors", "created_on"];

/** `512m`, `4g`; without a letter, bytes. */
export const size = text.pipe(z.string().regex(/^\d+[bkmg]?$/i, "must be a size, such as 512m or 4g."));

/** How many runs at once, and the limits of each unless the job says otherwise. */
const slots = { max_instances: whole(1, 1000).default(1), cpus: opt(whole(1, 1024)), memory: opt(size) };

const amlcompute = {
  type: z.literal("amlcompute"),
  ...about,
  size: text.default("Standard_DS3_v2"),
  tier: choice(["dedicated", "low_priority"]).default("dedicated"),
  min_instances: whole(0).default(0),
  max_instances: whole(0).default(1),
  /** Seconds. */
  idle_time_before_scale_down: whole(0).default(120),
  ssh_public_access_enabled: opt(flag),
  ssh_settings: opt(opaqueMap),
  network_settings: opt(opaqueMap),
  identity: opt(opaqueMap),
  enable_node_public_ip: opt(flag),
};
const docker = { type: z.literal("docker"), ...about, ...slots };
const local = { type: z.literal("local"), ...about, ...slots };

const amlcomputeSchema = mapping(amlcompute, readOnly);
const dockerSchema = mapping(docker, readOnly);
const localSchema = mapping(local, readOnly);

export type ComputeSpec =
  | z.output<typeof amlcomputeSchema>
  | z.output<typeof dockerSchema>
  | z.output<typeof localSchema>;

const notYet = new Set(["computeinstance", "kubernetes", "virtualmachine", "synapsespark"]);

export const computeSchema: z.ZodType<ComputeSpec> = byType(
  { amlcompute: amlcomputeSchema, docker: dockerSchema, local: localSchema },
  (type) => (notYet.has(type) ? `${type} is not supported yet. Use amlcompute, docker or local.` : undefined),
);

export const computeKind: KindDefinition<ComputeSpec> = {
  schema: computeSchema,
  keys: [...new Set([...Object.keys(amlcompute), ...Object.keys(docker)])],
  check(spec, report) {
    if (spec.type === "amlcompute" && spec.min_instances > spec.max_instances) {
      report.error(["min_instances"], `must be ${spec.max_instances} or less, the number in max_instances.`);
    }
  },
  toMapping: (spec) => spec,
};

/** A size such as `4g` in MiB, rounded up. */
export function sizeMib(text: string): number {
  const unit = { b: 1 / 1024 / 1024, k: 1 / 1024, m: 1, g: 1024 }[text.slice(-1).toLowerCase()];
  return Math.ceil(Number.parseInt(text, 10) * (unit ?? 1 / 1024 / 1024));
}
