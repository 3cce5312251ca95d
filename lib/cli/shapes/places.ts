import type { ComputeTarget } from "#lib/computes/model.ts";
import type { MyWorkspace } from "#lib/workspaces/model.ts";
import { isoTime } from "./words.ts";

export function showCompute(compute: ComputeTarget): Record<string, unknown> {
  return {
    created_on: isoTime(compute.createdAt),
    description: compute.description,
    id: `azureml:${compute.name}`,
    max_instances: compute.maxInstances,
    name: compute.name,
    provisioning_errors: compute.availability.available ? null : compute.availability.reason,
    provisioning_state: stateOf(compute.availability),
    tags: compute.tags,
    type: compute.provider,
  };
}

/** One that no runner has looked at yet is on its way. */
function stateOf({ available, seenAt }: ComputeTarget["availability"]): string {
  if (available) return "Succeeded";
  return seenAt === null ? "Creating" : "Failed";
}

/** `resource_group` is the team that owns the workspace. */
export function showWorkspace(workspace: MyWorkspace): Record<string, unknown> {
  return {
    description: workspace.description,
    display_name: workspace.displayName,
    name: workspace.name,
    resource_group: workspace.teamName,
    role: workspace.role,
  };
}
