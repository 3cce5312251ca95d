import { eq, isNull, sql } from "drizzle-orm";
import type { Database, Queryable } from "#db/client.ts";
import { deployments, endpoints } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import type { SecretVault } from "#lib/secrets/commands.ts";
import { type KeyType, newKey, readKey, sealKey } from "../keys.ts";
import { type Traffic, trafficFault } from "../model.ts";
import { type EndpointRow, getEndpointRow } from "../queries.ts";
import { wakeGateways, wakeReconciler } from "../wake.ts";
import type { Actor } from "./create-endpoint.ts";

export interface EndpointChange {
  traffic?: Traffic | undefined;
  description?: string | undefined;
  tags?: Record<string, string> | undefined;
}

/** The row, locked; `CONFLICT` when it is being deleted. */
export async function lockEndpoint(tx: Queryable, actor: Actor, name: string): Promise<EndpointRow> {
  const endpoint = await getEndpointRow(tx, actor.workspaceId, name, { lock: true });
  if (endpoint.deletingAt) {
    throw new AppError("CONFLICT", { userMessage: `Endpoint “${name}” is being deleted.` });
  }
  return endpoint;
}

/** Changes the words of an endpoint, or how its traffic is split: over deployments that exist, 0 or 100 in sum. */
export async function updateEndpoint(
  db: Database,
  actor: Actor,
  name: string,
  change: EndpointChange,
): Promise<void> {
  await db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, actor, name);
    const { traffic, description, tags } = change;
    if (traffic) {
      const rows = await tx
        .select({ name: deployments.name })
        .from(deployments)
        .where(sql`${eq(deployments.endpointId, endpoint.id)} and ${isNull(deployments.deletingAt)}`);
      const fault = trafficFault(
        traffic,
        rows.map((row) => row.name),
      );
      if (fault) throw invalid(fault.path, fault.message, traffic);
    }
    await tx
      .update(endpoints)
      .set({
        updatedAt: new Date(),
        ...(traffic === undefined ? {} : { traffic }),
        ...(description === undefined ? {} : { description }),
        ...(tags === undefined ? {} : { tags }),
      })
      .where(eq(endpoints.id, endpoint.id));
    if (traffic) {
      // A split that a person sets wins over one that a deployment was to set when it is ready.
      await tx
        .update(deployments)
        .set({ allTrafficWhenReady: false })
        .where(eq(deployments.endpointId, endpoint.id));
      const { workspaceId, userId } = actor;
      const data = { from: endpoint.traffic, to: traffic };
      await recordActivity(tx, {
        workspaceId,
        userId,
        verb: "changed the traffic of",
        kind: "endpoint",
        name,
        data,
      });
    }
    await publish(tx, { workspaceId: actor.workspaceId, kind: "endpoint", name, event: "updated" });
    await wakeGateways(tx);
  });
}

/** Takes the endpoint out of use at once; the runner stops its instances and then removes it. */
export async function deleteEndpoint(db: Database, actor: Actor, name: string): Promise<void> {
  await db.transaction(async (tx) => {
    const endpoint = await getEndpointRow(tx, actor.workspaceId, name, { lock: true });
    if (endpoint.deletingAt) return;
    await tx.update(endpoints).set({ deletingAt: new Date() }).where(eq(endpoints.id, endpoint.id));
    const { workspaceId, userId } = actor;
    await recordActivity(tx, { workspaceId, userId, verb: "deleted", kind: "endpoint", name });
    await publish(tx, { workspaceId, kind: "endpoint", name, event: "updated" });
    await wakeGateways(tx);
    await wakeReconciler(tx);
  });
}

/** Both keys, as they are shown to those who may see them. */
export async function readCredentials(
  services: { db: Queryable; vault: SecretVault },
  workspaceId: string,
  name: string,
): Promise<{ primaryKey: string; secondaryKey: string }> {
  const endpoint = await getEndpointRow(services.db, workspaceId, name);
  return {
    primaryKey: await readKey(services.db, services.vault, endpoint, "primary"),
    secondaryKey: await readKey(services.db, services.vault, endpoint, "secondary"),
  };
}

/** Replaces one key. The gateway refuses the old one as soon as it hears of it, within two seconds at most. */
export async function regenerateKey(
  services: { db: Database; vault: SecretVault },
  actor: Actor,
  name: string,
  type: KeyType,
): Promise<void> {
  const { key, hash } = newKey();
  await services.db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, actor, name);
    await sealKey(tx, services.vault, endpoint, type, key);
    await tx
      .update(endpoints)
      .set({
        updatedAt: new Date(),
        ...(type === "primary" ? { primaryKeyHash: hash } : { secondaryKeyHash: hash }),
      })
      .where(eq(endpoints.id, endpoint.id));
    const { workspaceId, userId } = actor;
    await recordActivity(tx, {
      workspaceId,
      userId,
      verb: `replaced the ${type} key of`,
      kind: "endpoint",
      name,
    });
    await publish(tx, { workspaceId, kind: "endpoint", name, event: "updated" });
    await wakeGateways(tx);
  });
}
