import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assetLabels, assets, assetVersions, deployments, endpoints } from "#db/schema/index.ts";
import {
  type Asset,
  type AssetVersion,
  lockAsset,
  updateAsset,
  updateAssetVersion,
} from "#lib/assets/commands.ts";
import { findAsset, findAssetVersion } from "#lib/assets/queries.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import { type ModelStage, modelDetails } from "./model.ts";

const liveVersion = (asset: Asset) =>
  and(eq(assetVersions.assetId, asset.id), isNull(assetVersions.deletedAt));

/** A model whose versions are all gone and that was put away counts as deleted: its row only keeps the count. */
async function isDeleted(db: Queryable, asset: Asset): Promise<boolean> {
  return asset.archivedAt !== null && (await db.$count(assetVersions, liveVersion(asset))) === 0;
}

/** A model by its name, if it is not deleted; it may have no version yet. */
export async function findRegisteredModel(
  db: Queryable,
  workspaceId: string,
  name: string,
): Promise<Asset | null> {
  const asset = await findAsset(db, workspaceId, "model", name);
  return asset && !(await isDeleted(db, asset)) ? asset : null;
}

export async function getRegisteredModel(db: Queryable, workspaceId: string, name: string): Promise<Asset> {
  const asset = await findRegisteredModel(db, workspaceId, name);
  if (!asset) throw notFound(`Registered Model with name=${name}`);
  return asset;
}

/** Makes a model without versions. A name that is taken is a `CONFLICT`; one of a deleted model is free again. */
export async function createRegisteredModel(
  tx: Queryable,
  input: {
    workspaceId: string;
    name: string;
    description: string;
    tags: Record<string, string>;
    createdBy: string;
  },
): Promise<Asset> {
  const { workspaceId, name, description, tags, createdBy } = input;
  const before = await findAsset(tx, workspaceId, "model", name);
  if (before && !(await isDeleted(tx, before))) throw nameTaken(name);
  const asset = await lockAsset(tx, { workspaceId, kind: "model", name, createdBy });
  const [made] = await tx
    .update(assets)
    .set({
      description,
      tags,
      archivedAt: null,
      updatedAt: new Date(),
      ...(before ? { createdAt: new Date() } : {}),
    })
    .where(eq(assets.id, asset.id))
    .returning();
  if (!made) throw new Error(`model ${name} vanished while it was made`);
  await publish(tx, { workspaceId, kind: "model", name, event: "created" });
  return made;
}

function nameTaken(name: string): AppError {
  return new AppError("CONFLICT", {
    userMessage: `Registered Model (name=${name}) already exists.`,
    issues: [{ path: "name", message: "is taken", value: name }],
  });
}

/** Gives a model another name; versions, labels and deployments follow. */
export async function renameModel(tx: Queryable, asset: Asset, newName: string): Promise<Asset> {
  const { workspaceId, name } = asset;
  if (newName !== name) {
    // Making the row of the new name finds out, under a lock, whether it is free.
    const taken = await findAsset(tx, workspaceId, "model", newName);
    if (taken && !(await isDeleted(tx, taken))) throw nameTaken(newName);
    const placeholder = await lockAsset(tx, { workspaceId, kind: "model", name: newName });
    await tx.delete(assets).where(eq(assets.id, placeholder.id));
  }
  const [renamed] = await tx
    .update(assets)
    .set({ name: newName, updatedAt: new Date() })
    .where(eq(assets.id, asset.id))
    .returning();
  if (!renamed) throw notFound(`Registered Model with name=${name}`);
  await publish(tx, { workspaceId, kind: "model", name, event: "deleted" });
  await publish(tx, { workspaceId, kind: "model", name: newName, event: "created" });
  return renamed;
}

/** Deletes one version for good: its number is never used again and its labels are dropped. Refused while it is served. */
export async function deleteModelVersion(tx: Queryable, asset: Asset, version: AssetVersion): Promise<void> {
  const [served] = await tx
    .select({ endpoint: endpoints.name, deployment: deployments.name })
    .from(deployments)
    .innerJoin(endpoints, eq(endpoints.id, deployments.endpointId))
    .where(and(eq(deployments.modelVersionId, version.id), isNull(deployments.deletingAt)))
    .limit(1);
  if (served) {
    throw new AppError("CONFLICT", {
      userMessage: `Version ${version.version} of ${asset.name} is served by ${served.endpoint} (${served.deployment}). Remove that deployment first, or archive the version.`,
    });
  }
  await tx.delete(assetLabels).where(eq(assetLabels.versionId, version.id));
  await tx
    .update(assetVersions)
    .set({ deletedAt: new Date(), updatedAt: new Date() })
    .where(eq(assetVersions.id, version.id));
  const { workspaceId, name } = asset;
  await publish(tx, {
    workspaceId,
    kind: "model",
    name,
    event: "deleted",
    data: { version: version.version },
  });
}

/** Moves a version to a stage; the others of that stage may be put into `Archived`. */
export async function moveToStage(
  tx: Queryable,
  asset: Asset,
  version: AssetVersion,
  stage: ModelStage,
  archiveOthers: boolean,
): Promise<void> {
  // The lock keeps two moves from reading the same others.
  await lockAsset(tx, { workspaceId: asset.workspaceId, kind: "model", name: asset.name });
  const change = (row: AssetVersion, to: ModelStage) =>
    updateAssetVersion(tx, asset, row, { details: { ...modelDetails.parse(row.details), stage: to } });
  if (archiveOthers) {
    const others = await tx
      .select()
      .from(assetVersions)
      .where(and(liveVersion(asset), sql`${assetVersions.details} ->> 'stage' = ${stage}`));
    for (const other of others) if (other.id !== version.id) await change(other, "Archived");
  }
  await change(version, stage);
}

/** The newest version of each stage that a model has versions in. */
export async function listLatestVersions(
  db: Queryable,
  assetIds: readonly string[],
): Promise<AssetVersion[]> {
  const stage = sql`coalesce(${assetVersions.details} ->> 'stage', 'None')`;
  return db
    .selectDistinctOn([assetVersions.assetId, stage])
    .from(assetVersions)
    .where(
      and(
        sql`${assetVersions.assetId} = any(${sql.param(assetIds)}::text[])`,
        isNull(assetVersions.deletedAt),
      ),
    )
    .orderBy(assetVersions.assetId, stage, desc(assetVersions.createdAt), desc(assetVersions.id));
}

/** The labels of models, by the id of the model. */
export async function readAliases(
  db: Queryable,
  assetIds: readonly string[],
): Promise<Map<string, { alias: string; version: string; versionId: string }[]>> {
  const rows = await db
    .select({
      assetId: assetLabels.assetId,
      alias: assetLabels.label,
      version: assetVersions.version,
      versionId: assetVersions.id,
    })
    .from(assetLabels)
    .innerJoin(assetVersions, eq(assetVersions.id, assetLabels.versionId))
    .where(sql`${assetLabels.assetId} = any(${sql.param(assetIds)}::text[])`)
    .orderBy(assetLabels.label);
  const found = new Map<string, { alias: string; version: string; versionId: string }[]>();
  for (const { assetId, ...alias } of rows) found.set(assetId, [...(found.get(assetId) ?? []), alias]);
  return found;
}

/** One version of a model by its number or text. */
export async function getVersionOf(db: Queryable, asset: Asset, version: string): Promise<AssetVersion> {
  const found = await findAssetVersion(db, asset, { version });
  if (!found) throw notFound(`Model Version (name=${asset.name}, version=${version})`);
  return found;
}

function withTag(tags: Record<string, string>, key: string, value: string | null): Record<string, string> {
  const { [key]: _before, ...others } = tags;
  return value === null ? others : { ...others, [key]: value };
}

/** Sets a tag of a model, or removes it (null). The row is locked, so that two callers do not lose each other's tags. */
export async function changeModelTag(
  tx: Queryable,
  asset: Asset,
  key: string,
  value: string | null,
): Promise<void> {
  const locked = await lockAsset(tx, { workspaceId: asset.workspaceId, kind: "model", name: asset.name });
  await updateAsset(tx, locked, { tags: withTag(locked.tags, key, value) });
}

/** Sets a tag of a version, or removes it (null). */
export async function changeVersionTag(
  tx: Queryable,
  found: { asset: Asset; version: AssetVersion },
  key: string,
  value: string | null,
): Promise<void> {
  const { workspaceId, name } = found.asset;
  const asset = await lockAsset(tx, { workspaceId, kind: "model", name });
  const version = await getVersionOf(tx, asset, found.version.version);
  await updateAssetVersion(tx, asset, version, { tags: withTag(version.tags, key, value) });
}
