import { and, asc, eq, inArray, isNull, notInArray } from "drizzle-orm";
import { deploymentInstances, deployments, endpoints } from "#db/schema/index.ts";
import { messageOf } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import { dropKeys } from "../keys.ts";
import type { DeploymentRow, EndpointRow, InstanceRow } from "../queries.ts";
import { planInstances, restartPauseMs, triesOfRevision } from "../state.ts";
import { wakeGateways } from "../wake.ts";
import type { ReconcileContext } from "./context.ts";
import { giveAllTraffic, removeFormer } from "./hand-over.ts";
import { addInstance, handleOf, launchInstance, lookAtInstance, setInstance } from "./instances.ts";
import { prepareImage } from "./prepare.ts";
import { readOpenapi } from "./probe.ts";

/** Ended instances that are kept with what they wrote. */
const keptEnded = 5;

/**
 * One look at one deployment: sees how its instances are, starts and drains what the plan says, notes how far the wish
 * is met. Safe to repeat and to cut anywhere. True while there is more to do soon.
 */
export async function reconcileDeployment(
  context: ReconcileContext,
  row: DeploymentRow,
  endpoint: EndpointRow,
): Promise<boolean> {
  const { db } = context.services;
  const deleting = row.deletingAt !== null || endpoint.deletingAt !== null;
  if (deleting) context.preparing.get(row.id)?.abort.abort(new Error("the deployment is being removed"));
  const before = await readInstances(context, row);
  const live = before.filter(({ state }) => state !== "stopped");
  const changed = await Promise.all(live.map((instance) => lookAtInstance(context, row, instance)));
  const instances = changed.includes(true) ? await readInstances(context, row) : before;
  const wanted = deleting || row.provisioningState === "Failed" ? 0 : row.instanceCount;
  // Without an image of this revision nothing new can start, and what runs stays.
  const planned =
    wanted > 0 && row.imageDigest === null
      ? { start: [], drain: [] }
      : planInstances(instances, row.revision, wanted);
  if (wanted > 0 && row.imageDigest === null) prepareImage(context, row, endpoint.name);
  for (const instance of instances.filter(({ id }) => planned.drain.includes(id))) {
    await setInstance(context, instance, { state: "draining", reason: "" });
  }
  const failures = failuresInARow(instances, row.revision);
  if (planned.start.length > 0 && mayStart(instances, failures)) {
    await db.insert(deploymentInstances).values(planned.start.map((number) => addInstance(row, number)));
  }
  const now = await readInstances(context, row);
  const waiting = now.filter((instance) => instance.state === "starting" && !handleOf(instance));
  await Promise.all(waiting.map((instance) => launchInstance(context, row, instance)));
  await noteProgress(context, row, endpoint, now, failures);
  if (changed.includes(true) || planned.drain.length > 0 || planned.start.length > 0) {
    await publish(db, {
      workspaceId: row.workspaceId,
      kind: "endpoint",
      name: endpoint.name,
      event: "status",
    });
  }
  if (deleting && now.every(({ state }) => state === "stopped")) {
    await removeDeployment(context, row, endpoint);
    await removeUnusedImage(context, row);
    return false;
  }
  await forgetEnded(context, now);
  const steady = now.every(({ state }) => state === "ready" || state === "stopped");
  return !steady || planned.start.length > 0 || planned.drain.length > 0;
}

function readInstances(context: ReconcileContext, row: DeploymentRow): Promise<InstanceRow[]> {
  return context.services.db
    .select()
    .from(deploymentInstances)
    .where(eq(deploymentInstances.deploymentId, row.id))
    .orderBy(asc(deploymentInstances.createdAt), asc(deploymentInstances.id));
}

/** Instances of this revision that ended by themselves since one was ready for the last time. */
function failuresInARow(instances: InstanceRow[], revision: number): InstanceRow[] {
  const mine = instances.filter((instance) => instance.revision === revision);
  const lastReady = mine.findLastIndex(({ state }) => state === "ready" || state === "unhealthy");
  return mine.slice(lastReady + 1).filter(({ state, reason }) => state === "stopped" && reason !== "");
}

function mayStart(instances: InstanceRow[], failures: InstanceRow[]): boolean {
  const last = failures.at(-1)?.updatedAt.getTime() ?? 0;
  const starting = instances.some(({ state, handle }) => state === "starting" && !handle);
  return !starting && Date.now() - last >= restartPauseMs(failures.length);
}

async function noteProgress(
  context: ReconcileContext,
  row: DeploymentRow,
  endpoint: EndpointRow,
  instances: InstanceRow[],
  failures: InstanceRow[],
): Promise<void> {
  if (row.provisioningState !== "Creating" && row.provisioningState !== "Updating") return;
  if (row.deletingAt || endpoint.deletingAt) return;
  if (row.imageDigest === null && row.instanceCount > 0) return;
  const current = instances.filter(({ revision }) => revision === row.revision);
  const ready = current.filter(({ state }) => state === "ready");
  const neverReady = !current.some(({ readyAt }) => readyAt !== null);
  if (ready.length >= row.instanceCount) return succeed(context, row, endpoint, ready[0]);
  const last = failures.at(-1);
  if (neverReady && failures.length >= triesOfRevision && last) {
    const error = [last.reason, ...lastLines(last.log)].join("\n");
    await fail(context, row, endpoint, error);
  }
}

function lastLines(log: string): string[] {
  return log
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-10);
}

/** The wish is met: noted together with the traffic that was to follow, so that whoever waits for it can call at once. */
async function succeed(
  context: ReconcileContext,
  row: DeploymentRow,
  endpoint: EndpointRow,
  instance: InstanceRow | undefined,
): Promise<void> {
  const [host, port] = (instance?.address ?? "").split(":");
  const openapi = host && port ? await readOpenapi({ host, port: Number(port) }) : null;
  await context.services.db.transaction(async (tx) => {
    // The endpoint first, as every command does: in the other order two would wait for each other.
    const [now] = await tx
      .select({ traffic: endpoints.traffic })
      .from(endpoints)
      .where(eq(endpoints.id, endpoint.id))
      .for("update");
    const [asked] = await tx
      .select({
        allTraffic: deployments.allTrafficWhenReady,
        removeFormer: deployments.removeFormerWhenReady,
      })
      .from(deployments)
      .where(sameRevision(row))
      .for("update");
    if (!asked) return;
    await tx
      .update(deployments)
      .set({
        provisioningState: "Succeeded",
        progress: "",
        error: null,
        updatedAt: new Date(),
        allTrafficWhenReady: false,
        removeFormerWhenReady: false,
        ...(openapi ? { openapi } : {}),
      })
      .where(eq(deployments.id, row.id));
    if (asked.allTraffic) {
      const former = await giveAllTraffic(tx, row, endpoint, now?.traffic ?? {});
      if (asked.removeFormer) await removeFormer(tx, row, endpoint, former);
    }
    await publish(tx, {
      workspaceId: row.workspaceId,
      kind: "endpoint",
      name: endpoint.name,
      event: "status",
    });
  });
}

function sameRevision(row: DeploymentRow) {
  return and(
    eq(deployments.id, row.id),
    eq(deployments.revision, row.revision),
    isNull(deployments.deletingAt),
  );
}

async function fail(
  context: ReconcileContext,
  row: DeploymentRow,
  endpoint: EndpointRow,
  error: string,
): Promise<void> {
  const { db } = context.services;
  await db
    .update(deployments)
    .set({ provisioningState: "Failed", progress: "", error, updatedAt: new Date() })
    .where(sameRevision(row));
  await publish(db, { workspaceId: row.workspaceId, kind: "endpoint", name: endpoint.name, event: "status" });
}

async function removeDeployment(
  context: ReconcileContext,
  row: DeploymentRow,
  endpoint: EndpointRow,
): Promise<void> {
  await context.services.db.transaction(async (tx) => {
    await tx.delete(deployments).where(eq(deployments.id, row.id));
    const [fresh] = await tx.select().from(endpoints).where(eq(endpoints.id, endpoint.id)).for("update");
    if (fresh && row.name in fresh.traffic) {
      const { [row.name]: _, ...traffic } = fresh.traffic;
      await tx.update(endpoints).set({ traffic }).where(eq(endpoints.id, endpoint.id));
    }
    await publish(tx, {
      workspaceId: row.workspaceId,
      kind: "endpoint",
      name: endpoint.name,
      event: "updated",
    });
    await wakeGateways(tx);
  });
}

/** Frees the room of an image that no deployment is made of any more. It is built again in seconds when it is asked for. */
async function removeUnusedImage(context: ReconcileContext, row: DeploymentRow): Promise<void> {
  const { imageDigest, provider } = row;
  if (!imageDigest) return;
  const { db, logger } = context.services;
  if ((await db.$count(deployments, eq(deployments.imageDigest, imageDigest))) > 0) return;
  // Another studio of the same engine may run it: then the engine refuses, which is fine.
  await context
    .providerOf(provider)
    .images?.remove(imageDigest)
    .catch((error: unknown) => logger.info(`image ${imageDigest} stays: ${messageOf(error)}`));
}

async function forgetEnded(context: ReconcileContext, instances: InstanceRow[]): Promise<void> {
  const ended = instances.filter(({ state }) => state === "stopped");
  const old = ended.slice(0, Math.max(0, ended.length - keptEnded)).map(({ id }) => id);
  if (old.length === 0) return;
  await context.services.db.delete(deploymentInstances).where(inArray(deploymentInstances.id, old));
}

/** Removes the endpoints that are being deleted and have no deployment left, with their keys. */
export async function removeEmptyEndpoints(
  context: ReconcileContext,
  deleting: EndpointRow[],
): Promise<void> {
  if (deleting.length === 0) return;
  const { db, vault } = context.services;
  const used = db.select({ id: deployments.endpointId }).from(deployments);
  for (const endpoint of deleting) {
    await db.transaction(async (tx) => {
      const gone = await tx
        .delete(endpoints)
        .where(and(eq(endpoints.id, endpoint.id), notInArray(endpoints.id, used)))
        .returning({ id: endpoints.id });
      if (gone.length === 0) return;
      await dropKeys(tx, vault, endpoint);
      await publish(tx, {
        workspaceId: endpoint.workspaceId,
        kind: "endpoint",
        name: endpoint.name,
        event: "deleted",
      });
    });
  }
}
