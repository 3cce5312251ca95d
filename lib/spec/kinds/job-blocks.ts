import { z } from "zod";
import { byType, choice, flag, mapping, opaqueMap, opt, text, textList, whole } from "../fields.ts";
import { isMapping } from "../paths.ts";
import { findScalarText } from "../written.ts";
import { size } from "./compute.ts";

/** The blocks that jobs share. */

export const resources = mapping({
  instance_count: whole(1).default(1),
  instance_type: opt(text),
  shm_size: opt(size),
  docker_args: opt(text),
  max_instance_count: opt(whole(1)),
  locations: opt(textList),
  properties: opt(opaqueMap),
});

const perInstance = whole(1).default(1);

/** Accepted and kept; each type has its own keys. */
export const distribution = byType({
  pytorch: mapping({ type: z.literal("pytorch"), process_count_per_instance: perInstance }),
  mpi: mapping({ type: z.literal("mpi"), process_count_per_instance: perInstance }),
  tensorflow: mapping({
    type: z.literal("tensorflow"),
    worker_count: opt(whole(1)),
    parameter_server_count: whole(0).default(0),
  }),
  ray: mapping({
    type: z.literal("ray"),
    address: opt(text),
    port: opt(whole(1, 65_535)),
    include_dashboard: opt(flag),
    dashboard_port: opt(whole(1, 65_535)),
    head_node_additional_args: opt(text),
    worker_node_additional_args: opt(text),
  }),
});

/** `timeout` in seconds; then the run is canceled. */
export const limits = mapping({ timeout: opt(whole(1)) });

const managed = { client_id: opt(text), object_id: opt(text), msi_resource_id: opt(text) };

/** Accepted and recorded. A run acts as the person who submitted it. */
export const identity = byType({
  user_identity: mapping({ type: z.literal("user_identity") }),
  managed: mapping({ type: z.literal("managed"), ...managed }),
  managed_identity: mapping({ type: z.literal("managed_identity"), ...managed }),
  aml_token: mapping({ type: z.literal("aml_token") }),
});

export const queueSettings = mapping({
  job_tier: opt(choice(["spot", "basic", "standard", "premium"])),
  priority: opt(choice(["low", "medium", "high"])),
});

const service = z.preprocess(
  (raw) => {
    if (!isMapping(raw) || raw.job_service_type === undefined) return raw;
    const { job_service_type: type, ...rest } = raw;
    return { type, ...rest };
  },
  mapping(
    {
      type: choice(["ssh", "jupyter_lab", "vs_code", "tensor_board", "custom"]),
      nodes: opt(text.pipe(z.string().regex(/^(all|\d+)$/, "must be all, or the index of a node."))),
      port: opt(whole(1, 65_535)),
      log_dir: opt(text),
      ssh_public_keys: opt(text),
      properties: opt(opaqueMap),
    },
    ["endpoint", "error_message"],
  ),
);

/** `show` also prints the links to a run as services; those go without a word. */
export const services = z.preprocess(
  (raw) => {
    if (!isMapping(raw)) return raw;
    return Object.fromEntries(Object.entries(raw).filter(([, value]) => !isLink(value)));
  },
  z.record(z.string(), service, { error: "must be a mapping of names to services." }),
);

function isLink(value: unknown): boolean {
  if (!isMapping(value)) return false;
  const type = findScalarText(value.type ?? value.job_service_type)?.toLowerCase();
  return type === "studio" || type === "tracking";
}
