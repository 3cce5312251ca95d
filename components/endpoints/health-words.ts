import type { StatusKind } from "#components/ui/status.ts";
import type { Deployment, DeploymentInstance, EndpointHealth } from "#lib/endpoints/model.ts";

export const healthWords: Record<EndpointHealth, { kind: StatusKind; word: string }> = {
  healthy: { kind: "completed", word: "Healthy" },
  starting: { kind: "preparing", word: "Starting" },
  degraded: { kind: "warning", word: "Partly ready" },
  failed: { kind: "failed", word: "Failed" },
  empty: { kind: "queued", word: "No deployment" },
  deleting: { kind: "canceled", word: "Deleting" },
};

/** "2 of 2 ready", or the step under way. */
export function deploymentWords(item: Deployment): { kind: StatusKind; word: string } {
  const ready = `${item.readyCount} of ${item.instanceCount} ready`;
  if (item.provisioningState === "Deleting") return { kind: "canceled", word: "Removing" };
  if (item.provisioningState === "Failed") return { kind: "failed", word: "Failed" };
  if (item.readyCount >= item.instanceCount) return { kind: "completed", word: ready };
  if (item.readyCount > 0) return { kind: "warning", word: ready };
  return { kind: "preparing", word: item.progress || "Starting" };
}

export const instanceWords: Record<DeploymentInstance["state"], { kind: StatusKind; word: string }> = {
  starting: { kind: "preparing", word: "Starting" },
  ready: { kind: "completed", word: "Ready" },
  unhealthy: { kind: "warning", word: "Does not answer" },
  draining: { kind: "finalizing", word: "Finishing requests" },
  stopped: { kind: "canceled", word: "Ended" },
};
