import type { z } from "zod";
import { choice, flag, freeText, mapping, name, opaque, opaqueMap, opt, tagMap, text } from "../fields.ts";
import type { KindDefinition } from "./kind-definition.ts";

/** Keys that mean something in a cloud only. They are read and kept, and a warning says that they do nothing here. */
const without = {
  location: opt(text),
  resource_group: opt(text),
  storage_account: opt(text),
  container_registry: opt(text),
  key_vault: opt(text),
  application_insights: opt(text),
  customer_managed_key: opt(opaqueMap),
  hbi_workspace: opt(flag),
  public_network_access: opt(choice(["enabled", "disabled"])),
  managed_network: opt(opaque),
  identity: opt(opaqueMap),
  primary_user_assigned_identity: opt(text),
  image_build_compute: opt(text),
  kind: opt(text),
  hub_id: opt(text),
  serverless_compute: opt(opaqueMap),
  system_datastores_auth_mode: opt(text),
  network_acls: opt(opaque),
};

const shape = {
  name,
  display_name: opt(text),
  description: opt(freeText),
  tags: opt(tagMap),
  properties: opt(tagMap),
  ...without,
};

const readOnly = [
  "discovery_url",
  "mlflow_tracking_uri",
  "notebook_info",
  "workspace_id",
  "provision_network_now",
];

export const workspaceSchema = mapping(shape, readOnly);
export type WorkspaceSpec = z.output<typeof workspaceSchema>;

export const workspaceKind: KindDefinition<WorkspaceSpec> = {
  schema: workspaceSchema,
  keys: Object.keys(shape),
  check(spec, report) {
    for (const key of Object.keys(without)) {
      if (Object.hasOwn(spec, key)) report.warn([key], "is kept, but has no effect here.");
    }
  },
  toMapping: (spec) => spec,
};
