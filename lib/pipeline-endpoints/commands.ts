import { and, eq } from "drizzle-orm";
import type { Database, Queryable } from "#db/client.ts";
import { pipelineEndpoints, pipelineEndpointVersions } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { dropKeys, type KeyType, newKey, sealKey } from "#lib/endpoints/keys.ts";
import { publish } from "#lib/live/outbox.ts";
import { validatePipeline } from "#lib/pipelines/validate-pipeline.ts";
import type { SecretVault } from "#lib/secrets/commands.ts";
import { getEndpointRow } from "./queries.ts";

interface Services {
  db: Database;
  vault: SecretVault;
}

interface Actor {
  workspaceId: string;
  userId: string;
}

export interface Publication {
  name: string;
  text: string;
  description?: string | undefined;
  note?: string | undefined;
  setDefault: boolean;
}

/** Publishes a pipeline without faults, whose inputs may be left to the caller, under a new name or as the next version of one. The version's number. */
export async function publishPipeline(services: Services, actor: Actor, given: Publication): Promise<number> {
  const { workspaceId, userId } = actor;
  const report = await validatePipeline(services.db, workspaceId, { spec: given.text }, { open: true });
  const [fault] = report.faults;
  if (fault || report.graphHash === null) {
    const more = report.faults.length > 1 ? ` (and ${report.faults.length - 1} more)` : "";
    throw new AppError("VALIDATION_FAILED", {
      userMessage: `A pipeline with faults is not published. ${fault?.path ?? ""}: ${fault?.message ?? "it cannot be read"}${more}`,
      issues: report.faults.map(({ path, message }) => ({ path, message })),
    });
  }
  const { graphHash } = report;
  return services.db.transaction(async (tx) => {
    const endpoint = await findOrCreate(tx, services.vault, actor, given);
    const number = endpoint.lastVersion + 1;
    const isDefault = given.setDefault || number === 1;
    await tx.insert(pipelineEndpointVersions).values({
      endpointId: endpoint.id,
      number,
      text: given.text,
      graphHash,
      note: given.note ?? "",
      createdBy: userId,
    });
    await tx
      .update(pipelineEndpoints)
      .set({
        lastVersion: number,
        updatedAt: new Date(),
        ...(isDefault ? { defaultVersion: number } : {}),
        ...(given.description === undefined ? {} : { description: given.description }),
      })
      .where(eq(pipelineEndpoints.id, endpoint.id));
    await recordActivity(tx, {
      workspaceId,
      userId,
      verb: "published",
      kind: "pipeline-endpoint",
      name: given.name,
      data: { version: String(number) },
    });
    await announce(tx, workspaceId, given.name, number === 1 ? "created" : "updated");
    return number;
  });
}

/** The row, locked, so that of two publications at once each gets a number of its own. */
async function findOrCreate(tx: Queryable, vault: SecretVault, actor: Actor, { name }: Publication) {
  const primary = newKey();
  const secondary = newKey();
  const [made] = await tx
    .insert(pipelineEndpoints)
    .values({
      id: newId("pep"),
      workspaceId: actor.workspaceId,
      name,
      defaultVersion: 1,
      lastVersion: 0,
      primaryKeyHash: primary.hash,
      secondaryKeyHash: secondary.hash,
      createdBy: actor.userId,
    })
    .onConflictDoNothing()
    .returning();
  if (!made) return getEndpointRow(tx, actor.workspaceId, name, { lock: true });
  await sealKey(tx, vault, made, "primary", primary.key);
  await sealKey(tx, vault, made, "secondary", secondary.key);
  return made;
}

export interface EndpointChange {
  defaultVersion?: number | undefined;
  description?: string | undefined;
}

export async function updatePipelineEndpoint(
  db: Database,
  actor: Actor,
  name: string,
  { defaultVersion, description }: EndpointChange,
): Promise<void> {
  await db.transaction(async (tx) => {
    const endpoint = await getEndpointRow(tx, actor.workspaceId, name, { lock: true });
    if (defaultVersion !== undefined) {
      const wanted = and(
        eq(pipelineEndpointVersions.endpointId, endpoint.id),
        eq(pipelineEndpointVersions.number, defaultVersion),
      );
      if ((await tx.$count(pipelineEndpointVersions, wanted)) === 0)
        throw notFound(`Version ${defaultVersion} of ${name}`);
    }
    await tx
      .update(pipelineEndpoints)
      .set({
        updatedAt: new Date(),
        ...(defaultVersion === undefined ? {} : { defaultVersion }),
        ...(description === undefined ? {} : { description }),
      })
      .where(eq(pipelineEndpoints.id, endpoint.id));
    await announce(tx, actor.workspaceId, name, "updated");
  });
}

export async function deletePipelineEndpoint(services: Services, actor: Actor, name: string): Promise<void> {
  const { workspaceId, userId } = actor;
  await services.db.transaction(async (tx) => {
    const endpoint = await getEndpointRow(tx, workspaceId, name, { lock: true });
    await dropKeys(tx, services.vault, endpoint);
    await tx.delete(pipelineEndpoints).where(eq(pipelineEndpoints.id, endpoint.id));
    await recordActivity(tx, { workspaceId, userId, verb: "deleted", kind: "pipeline-endpoint", name });
    await announce(tx, workspaceId, name, "deleted");
  });
}

export async function regeneratePipelineKey(
  services: Services,
  actor: Actor,
  name: string,
  type: KeyType,
): Promise<void> {
  const { key, hash } = newKey();
  const { workspaceId, userId } = actor;
  await services.db.transaction(async (tx) => {
    const endpoint = await getEndpointRow(tx, workspaceId, name, { lock: true });
    await sealKey(tx, services.vault, endpoint, type, key);
    await tx
      .update(pipelineEndpoints)
      .set(type === "primary" ? { primaryKeyHash: hash } : { secondaryKeyHash: hash })
      .where(eq(pipelineEndpoints.id, endpoint.id));
    const data = { key: type };
    await recordActivity(tx, {
      workspaceId,
      userId,
      verb: "replaced a key of",
      kind: "pipeline-endpoint",
      name,
      data,
    });
    await announce(tx, workspaceId, name, "updated");
  });
}

async function announce(tx: Queryable, workspaceId: string, name: string, event: string): Promise<void> {
  await publish(tx, { workspaceId, kind: "pipeline-endpoint", name, event });
}
