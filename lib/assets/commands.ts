import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { type AssetSource, assetLabels, assets, assetVersions } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import { type AssetKind, assetName, assetVersionText } from "./model.ts";

export type Asset = typeof assets.$inferSelect;
export type AssetVersion = typeof assetVersions.$inferSelect;

export interface NewAssetVersion {
  workspaceId: string;
  kind: AssetKind;
  name: string;
  /** Omitted: the next number. */
  version?: string | undefined;
  type: string;
  source: AssetSource;
  path?: string | undefined;
  description?: string | undefined;
  tags?: Record<string, string> | undefined;
  properties?: Record<string, string> | undefined;
  /** What only this kind knows. */
  details?: Record<string, unknown> | undefined;
  sizeBytes?: number | undefined;
  /** The run whose output it is (`runs.id`). */
  runId?: string | undefined;
  createdBy?: string | undefined;
}

function checked(schema: typeof assetName, field: string, value: string): string {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const message = result.error.issues[0]?.message ?? "is not valid";
  throw new AppError("VALIDATION_FAILED", {
    userMessage: `${field}: ${message}`,
    issues: [{ path: field, message, value }],
  });
}

/** Finds or makes the asset and locks its row until the transaction ends. */
export async function lockAsset(
  tx: Queryable,
  asset: { workspaceId: string; kind: AssetKind; name: string; createdBy?: string | undefined },
): Promise<Asset> {
  const name = checked(assetName, "name", asset.name);
  const { workspaceId, kind, createdBy } = asset;
  await tx
    .insert(assets)
    .values({ id: newId("ast"), workspaceId, kind, name, createdBy: createdBy ?? null })
    .onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(assets)
    .where(and(eq(assets.workspaceId, workspaceId), eq(assets.kind, kind), eq(assets.name, name)))
    .for("update");
  if (!row) throw new Error(`asset ${kind} ${name} vanished while it was made`);
  return row;
}

/**
 * Adds a version. Numbers are handed out under the lock of the asset's row, so that 20 callers at once get 1…20 without
 * a gap. A version that exists already is a `CONFLICT`. Call it inside a transaction.
 */
export async function createAssetVersion(
  tx: Queryable,
  input: NewAssetVersion,
): Promise<{ asset: Asset; version: AssetVersion }> {
  const asset = await lockAsset(tx, input);
  const version =
    input.version === undefined
      ? String(asset.lastNumber + 1)
      : checked(assetVersionText, "version", input.version);
  const number = /^\d{1,9}$/.test(version) ? Number(version) : 0;
  const [row] = await tx
    .insert(assetVersions)
    .values({
      id: newId("ver"),
      assetId: asset.id,
      workspaceId: input.workspaceId,
      version,
      type: input.type,
      source: input.source,
      path: input.path ?? "",
      description: input.description ?? "",
      tags: input.tags ?? {},
      properties: input.properties ?? {},
      details: input.details ?? {},
      sizeBytes: input.sizeBytes ?? null,
      runId: input.runId ?? null,
      createdBy: input.createdBy ?? null,
      // Not that of the transaction, which may have waited for the lock: the newest version is the one made last.
      createdAt: sql`clock_timestamp()`,
    })
    .onConflictDoNothing()
    .returning();
  if (!row) {
    throw new AppError("CONFLICT", {
      userMessage: `Version ${version} of ${input.name} exists already. Versions do not change; leave the version out to get the next one.`,
      issues: [{ path: "version", message: "exists already", value: version }],
    });
  }
  await tx
    .update(assets)
    .set({
      lastNumber: sql`greatest(${assets.lastNumber}, ${number})`,
      updatedAt: new Date(),
      archivedAt: null,
    })
    .where(eq(assets.id, asset.id));
  await recordActivity(tx, {
    workspaceId: input.workspaceId,
    userId: input.createdBy ?? null,
    verb: input.kind === "model" ? "registered" : "created",
    kind: input.kind,
    name: input.name,
    data: { version },
  });
  await publish(tx, {
    workspaceId: input.workspaceId,
    kind: input.kind,
    name: input.name,
    event: "created",
    data: { version },
  });
  return { asset, version: row };
}

/** Changes what may change of an asset as a whole; versions keep their content. */
export async function updateAsset(
  tx: Queryable,
  asset: Asset,
  change: {
    description?: string | undefined;
    tags?: Record<string, string> | undefined;
    archived?: boolean | undefined;
  },
): Promise<void> {
  const { description, tags, archived } = change;
  await tx
    .update(assets)
    .set({
      updatedAt: new Date(),
      ...(description === undefined ? {} : { description }),
      ...(tags === undefined ? {} : { tags }),
      ...(archived === undefined ? {} : { archivedAt: archived ? new Date() : null }),
    })
    .where(eq(assets.id, asset.id));
  await publish(tx, { workspaceId: asset.workspaceId, kind: asset.kind, name: asset.name, event: "updated" });
}

/** Changes what may change of a version: words about it, never its files. */
export async function updateAssetVersion(
  tx: Queryable,
  asset: Asset,
  version: AssetVersion,
  change: {
    description?: string | undefined;
    tags?: Record<string, string> | undefined;
    properties?: Record<string, string> | undefined;
    details?: Record<string, unknown> | undefined;
    archived?: boolean | undefined;
  },
): Promise<void> {
  const { description, tags, properties, details, archived } = change;
  await tx
    .update(assetVersions)
    .set({
      updatedAt: new Date(),
      ...(description === undefined ? {} : { description }),
      ...(tags === undefined ? {} : { tags }),
      ...(properties === undefined ? {} : { properties }),
      ...(details === undefined ? {} : { details }),
      ...(archived === undefined ? {} : { archivedAt: archived ? new Date() : null }),
    })
    .where(eq(assetVersions.id, version.id));
  await publish(tx, {
    workspaceId: asset.workspaceId,
    kind: asset.kind,
    name: asset.name,
    event: "updated",
    data: { version: version.version },
  });
}

/** Points a label at a version; a label points at one version only. `latest` is computed and cannot be set. */
export async function setAssetLabel(
  tx: Queryable,
  asset: Asset,
  label: string,
  version: AssetVersion,
): Promise<void> {
  if (label.toLowerCase() === "latest") {
    throw new AppError("VALIDATION_FAILED", {
      userMessage: "label: “latest” always means the newest version and cannot be set.",
      issues: [{ path: "label", message: "is reserved", value: label }],
    });
  }
  await tx
    .insert(assetLabels)
    .values({ assetId: asset.id, label, versionId: version.id })
    .onConflictDoUpdate({ target: [assetLabels.assetId, assetLabels.label], set: { versionId: version.id } });
  await publish(tx, { workspaceId: asset.workspaceId, kind: asset.kind, name: asset.name, event: "updated" });
}

export async function deleteAssetLabel(tx: Queryable, asset: Asset, label: string): Promise<boolean> {
  const gone = await tx
    .delete(assetLabels)
    .where(and(eq(assetLabels.assetId, asset.id), eq(assetLabels.label, label)))
    .returning();
  await publish(tx, { workspaceId: asset.workspaceId, kind: asset.kind, name: asset.name, event: "updated" });
  return gone.length > 0;
}
