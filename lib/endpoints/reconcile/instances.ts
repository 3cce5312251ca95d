import { and, eq, inArray } from "drizzle-orm";
import { deploymentInstances, deployments, endpoints } from "#db/schema/index.ts";
import type { ComputeHandle, ComputeProvider } from "#lib/compute/port.ts";
import { AppError, isAppError, messageOf } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import type { DeploymentRow, InstanceRow } from "../queries.ts";
import { type InstanceStep, type Observation, stepInstance } from "../state.ts";
import { wakeGateways } from "../wake.ts";
import type { ReconcileContext } from "./context.ts";
import { isReady, observeContainer, servingPort } from "./probe.ts";

export const studioLabel = "atelier.studio";
export const deploymentLabel = "atelier.deployment";
export const instanceLabel = "atelier.instance";

/** Time on top of a request's own, for an instance to finish what it has before it is ended. */
const extraGraceMs = 2000;

export function addInstance(row: DeploymentRow, number: number): typeof deploymentInstances.$inferInsert {
  return { id: newId("ins"), deploymentId: row.id, number, revision: row.revision, state: "starting" };
}

/** Starts the container of an instance, or finds it: the instance's id is its name, so there is never a second. */
export async function launchInstance(
  context: ReconcileContext,
  row: DeploymentRow,
  instance: InstanceRow,
): Promise<void> {
  const provider = context.providerOf(row.provider);
  const { db } = context.services;
  if (!provider.serve || !row.imageDigest) return;
  try {
    const handle = await provider.serve(
      {
        attemptId: instance.id,
        environment: { kind: "image", image: row.imageDigest },
        argv: [],
        env: {
          OMP_NUM_THREADS: String(row.cpus),
          ...row.environmentVariables,
          ATELIER_SCORING_THREADS: String(row.maxConcurrentRequestsPerInstance),
          ATELIER_GRACE_SECONDS: String(Math.ceil(row.requestTimeoutMs / 1000)),
        },
        workingDir: "/srv",
        limits: { cpus: row.cpus, memoryMib: row.memoryMib },
        ports: [servingPort],
      },
      { [studioLabel]: context.studioId, [deploymentLabel]: row.id, [instanceLabel]: instance.id },
    );
    await db.update(deploymentInstances).set({ handle }).where(eq(deploymentInstances.id, instance.id));
  } catch (error) {
    const reason = isAppError(error) ? error.userMessage : messageOf(error);
    if (error instanceof AppError && error.code === "NOT_FOUND") {
      // The image was removed from the engine: it is built again.
      await db.update(deployments).set({ imageDigest: null }).where(eq(deployments.id, row.id));
    } else if (isAppError(error) && error.status >= 500) {
      await setInstance(context, instance, { state: "starting", reason });
      return;
    }
    await setInstance(context, instance, { state: "stopped", reason });
  }
}

export function handleOf(instance: InstanceRow): ComputeHandle | null {
  return instance.handle as ComputeHandle | null;
}

function followLog(
  context: ReconcileContext,
  row: DeploymentRow,
  instance: InstanceRow,
  provider: ComputeProvider,
  handle: ComputeHandle,
): void {
  const { db } = context.services;
  context.followers.follow(instance, provider, handle, async () => {
    const { workspaceId, endpointId } = row;
    const [endpoint] = await db
      .select({ name: endpoints.name })
      .from(endpoints)
      .where(eq(endpoints.id, endpointId));
    if (!endpoint) return;
    await publish(db, {
      workspaceId,
      kind: "endpoint",
      name: endpoint.name,
      event: "log",
      data: { deployment: row.name },
    });
  });
}

/** Looks at one instance and takes the step that follows. True when its state changed. */
export async function lookAtInstance(
  context: ReconcileContext,
  row: DeploymentRow,
  instance: InstanceRow,
): Promise<boolean> {
  const provider = context.providerOf(row.provider);
  const handle = handleOf(instance);
  const view = {
    state: instance.state,
    createdAt: instance.createdAt.getTime(),
    since: instance.updatedAt.getTime(),
  };
  if (!handle) {
    // It never got a container, or the runner ended before it could note it; in use it cannot be.
    const never = { container: "missing" as const, ending: "It was not started.", failedInARow: null };
    if (instance.state !== "draining") return false;
    return apply(context, row, instance, stepInstance(view, never, Date.now()), provider);
  }
  const container = await observeContainer(provider, handle);
  if (container.container === "running") followLog(context, row, instance, provider, handle);
  const seen: Observation = { ...container, failedInARow: null };
  if (container.container === "running" && instance.state !== "draining") {
    seen.failedInARow = await probe(context, provider, instance, handle);
  }
  return apply(context, row, instance, stepInstance(view, seen, Date.now()), provider);
}

async function probe(
  context: ReconcileContext,
  provider: ComputeProvider,
  instance: InstanceRow,
  handle: ComputeHandle,
): Promise<number> {
  const address = await provider.address(handle, servingPort).catch(() => null);
  const ready = address !== null && (await isReady(address));
  const failed = ready ? 0 : (context.failedProbes.get(instance.id) ?? 0) + 1;
  context.failedProbes.set(instance.id, failed);
  const text = address ? `${address.host}:${address.port}` : null;
  if (ready && text !== instance.address) {
    // A container that was started again by hand has another port.
    await context.services.db
      .update(deploymentInstances)
      .set({ address: text })
      .where(eq(deploymentInstances.id, instance.id));
    await wakeGateways(context.services.db);
  }
  return failed;
}

async function apply(
  context: ReconcileContext,
  row: DeploymentRow,
  instance: InstanceRow,
  step: InstanceStep | null,
  provider: ComputeProvider,
): Promise<boolean> {
  if (!step) return false;
  if (step.state !== "stopped") return setInstance(context, instance, step);
  // Out of use first, ended second: nothing is sent to what is about to go.
  if (instance.state === "ready") await setInstance(context, instance, { ...step, state: "draining" });
  const handle = handleOf(instance);
  if (handle) {
    followLog(context, row, instance, provider, handle);
    await provider.stop(handle, row.requestTimeoutMs + extraGraceMs);
    await context.followers.finish(instance.id);
    await provider.remove(handle);
  }
  context.failedProbes.delete(instance.id);
  return setInstance(context, { ...instance, state: "draining" }, step);
}

/** Writes a new state and tells the gateways. Nothing when the instance has ended meanwhile. */
export async function setInstance(
  context: ReconcileContext,
  instance: InstanceRow,
  step: InstanceStep,
): Promise<boolean> {
  const now = new Date();
  const rows = await context.services.db
    .update(deploymentInstances)
    .set({
      state: step.state,
      // The reason of an ending stays when its last step has none of its own.
      ...(step.state === "stopped" && step.reason === "" ? {} : { reason: step.reason }),
      updatedAt: now,
      ...(step.state === "ready" && !instance.readyAt ? { readyAt: now } : {}),
    })
    .where(
      and(
        eq(deploymentInstances.id, instance.id),
        inArray(deploymentInstances.state, ["starting", "ready", "unhealthy", "draining"]),
      ),
    )
    .returning({ id: deploymentInstances.id });
  await wakeGateways(context.services.db);
  return rows.length > 0;
}
