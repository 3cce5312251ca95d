import { z } from "zod";
import { between, choice, freeText, mapping, opaqueMap, opt, tagMap, text } from "../fields.ts";
import { computeName } from "./command-job.ts";
import type { KindDefinition } from "./kind-definition.ts";

export const endpointName = text.pipe(
  z
    .string()
    .min(3, "must have 3 characters or more.")
    .max(32, "must have 32 characters or less.")
    .regex(
      /^[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?$/,
      "must be letters, digits and dashes, and start with a letter.",
    ),
);

/** Deployment → percent. */
const traffic = z.record(z.string(), between(0, 100), {
  error: "must be a mapping of deployments to percents.",
});

const shape = {
  name: endpointName,
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
  auth_mode: choice(["key", "aml_token", "aad_token"]).default("key"),
  compute: opt(computeName),
  traffic: opt(traffic),
  mirror_traffic: opt(traffic),
  identity: opt(opaqueMap),
  public_network_access: choice(["enabled", "disabled"]).default("enabled"),
};

const readOnly = ["scoring_uri", "openapi_uri", "kind", "location"];

export const onlineEndpointSchema = mapping(shape, readOnly);
export type OnlineEndpointSpec = z.output<typeof onlineEndpointSchema>;

export const onlineEndpointKind: KindDefinition<OnlineEndpointSpec> = {
  schema: onlineEndpointSchema,
  keys: Object.keys(shape),
  check(spec, report) {
    const total = Object.values(spec.traffic ?? {}).reduce((sum, percent) => sum + percent, 0);
    if (Math.abs(total - 100) > 1e-9 && total !== 0) {
      report.error(["traffic"], `adds up to ${total} %. It must be 100, or 0 for no traffic at all.`);
    }
    const mirrored = Object.keys(spec.mirror_traffic ?? {}).length;
    if (mirrored > 1)
      report.error(["mirror_traffic"], `names ${mirrored} deployments. One at most gets a copy.`);
  },
  toMapping: (spec) => ({
    ...spec,
    compute: spec.compute === undefined ? undefined : `azureml:${spec.compute}`,
  }),
};
