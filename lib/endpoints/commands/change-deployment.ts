import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { deployments } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import { sizeOf } from "../model.ts";
import { getDeploymentRow } from "../queries.ts";
import { wakeGateways, wakeReconciler } from "../wake.ts";
import { lockEndpoint } from "./change-endpoint.ts";
import type { Actor } from "./create-endpoint.ts";
import { resolveModel } from "./resolve-model.ts";

export interface DeploymentChange {
  model?: string | undefined;
  instanceType?: string | undefined;
  instanceCount?: number | undefined;
  requestTimeoutMs?: number | undefined;
  maxConcurrentRequestsPerInstance?: number | undefined;
  maxQueueWaitMs?: number | undefined;
  environmentVariables?: Record<string, string> | undefined;
  description?: string | undefined;
  tags?: Record<string, string> | undefined;
}

function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/**
 * Changes what is asked for. Counts and limits hold at once; another model, size or variables need new instances, which
 * are started before the old ones stop.
 */
export async function updateDeployment(
  db: Database,
  actor: Actor,
  endpointName: string,
  name: string,
  change: DeploymentChange,
): Promise<void> {
  await db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, actor, endpointName);
    const row = await getDeploymentRow(tx, endpoint, name);
    if (row.deletingAt)
      throw new AppError("CONFLICT", { userMessage: `Deployment “${name}” is being removed.` });
    const { model, instanceType, environmentVariables, ...plain } = change;
    const chosen = model === undefined ? null : await resolveModel(tx, actor.workspaceId, model);
    const anotherModel = chosen !== null && chosen.version.id !== row.modelVersionId;
    const restarts = anotherModel || instanceType !== undefined || environmentVariables !== undefined;
    // One that had failed is tried again by any change.
    const again = restarts || row.provisioningState === "Failed";
    await tx
      .update(deployments)
      .set({
        ...given(plain),
        ...(chosen ? { modelVersionId: chosen.version.id } : {}),
        ...(anotherModel ? { imageDigest: null } : {}),
        ...(instanceType === undefined ? {} : { instanceType, ...sizeOf(instanceType) }),
        ...(environmentVariables === undefined ? {} : { environmentVariables }),
        ...(again
          ? {
              revision: row.revision + 1,
              provisioningState: "Updating" as const,
              progress: "Waiting for the runner",
              error: null,
            }
          : {}),
        updatedAt: new Date(),
      })
      .where(eq(deployments.id, row.id));
    await publish(tx, {
      workspaceId: actor.workspaceId,
      kind: "endpoint",
      name: endpointName,
      event: "updated",
    });
    await wakeGateways(tx);
    await wakeReconciler(tx);
  });
}

/** Takes a deployment out of use; the runner lets its requests finish and stops it. Refused while it takes traffic. */
export async function deleteDeployment(
  db: Database,
  actor: Actor,
  endpointName: string,
  name: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, actor, endpointName);
    const row = await getDeploymentRow(tx, endpoint, name);
    if (row.deletingAt) return;
    const percent = endpoint.traffic[name] ?? 0;
    if (percent > 0) {
      throw new AppError("CONFLICT", {
        userMessage: `“${name}” takes ${percent} % of the traffic of ${endpointName}. Move its traffic to another deployment, then delete it.`,
      });
    }
    await tx.update(deployments).set({ deletingAt: new Date() }).where(eq(deployments.id, row.id));
    const { workspaceId, userId } = actor;
    const data = { deployment: name };
    await recordActivity(tx, {
      workspaceId,
      userId,
      verb: "removed a deployment of",
      kind: "endpoint",
      name: endpointName,
      data,
    });
    await publish(tx, { workspaceId, kind: "endpoint", name: endpointName, event: "updated" });
    await wakeGateways(tx);
    await wakeReconciler(tx);
  });
}
