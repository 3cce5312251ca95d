import { eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { environmentBuilds } from "#db/schema/index.ts";
import type { AssetVersion } from "#lib/assets/commands.ts";
import type { AssetVersionSummary, VersionSelector } from "#lib/assets/model.ts";
import { findAsset, findAssetVersion, getAsset, listAssets, listAssetVersions } from "#lib/assets/queries.ts";
import { notFound } from "#lib/core/errors.ts";
import { environmentDefinitionSchema } from "./build/definition.ts";
import { curatedSummary, curatedVersion, findCurated, listCurated } from "./curated.ts";
import { definitionDigest } from "./digest.ts";
import type { EnvironmentBuild, EnvironmentSummary, EnvironmentVersion } from "./model.ts";

/** `@latest` and other labels, or an exact version. */
export function selectorOf(version: string): VersionSelector {
  return version.startsWith("@") ? { label: version.slice(1) } : { version };
}

export async function listBuilds(db: Queryable, digest: string): Promise<EnvironmentBuild[]> {
  const rows = await db.select().from(environmentBuilds).where(eq(environmentBuilds.digest, digest));
  return rows.map((row) => ({
    kind: row.kind,
    status: row.status,
    error: row.error,
    packages: row.lock.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#")),
    startedAt: row.createdAt.getTime(),
    finishedAt: row.finishedAt?.getTime() ?? null,
  }));
}

async function toVersion(
  db: Queryable,
  name: string,
  summary: AssetVersionSummary,
  row: AssetVersion,
): Promise<EnvironmentVersion> {
  const definition = environmentDefinitionSchema.parse(row.details);
  const digest = definitionDigest(definition);
  return { ...summary, name, curated: false, definition, digest, builds: await listBuilds(db, digest) };
}

/** Versions, newest first. A workspace's own environment hides a curated one of the same name. */
export async function listEnvironmentVersions(
  db: Queryable,
  workspaceId: string,
  name: string,
): Promise<EnvironmentVersion[]> {
  const asset = await findAsset(db, workspaceId, "environment", name);
  if (asset) {
    const versions = await listAssetVersions(db, asset);
    return Promise.all(versions.map(({ summary, row }) => toVersion(db, asset.name, summary, row)));
  }
  const item = findCurated(name);
  if (!item) throw notFound(`Environment “${name}”`);
  return [curatedVersion(item, await listBuilds(db, definitionDigest(item.definition)))];
}

export async function getEnvironmentVersion(
  db: Queryable,
  workspaceId: string,
  name: string,
  selector: VersionSelector,
): Promise<EnvironmentVersion> {
  const asset = await findAsset(db, workspaceId, "environment", name);
  const item = asset ? null : findCurated(name);
  if (item && (selector.version ?? item.version) === item.version) {
    return curatedVersion(item, await listBuilds(db, definitionDigest(item.definition)));
  }
  const owned = asset ?? (await getAsset(db, workspaceId, "environment", name));
  const found = await findAssetVersion(db, owned, selector);
  const listed = found && (await listAssetVersions(db, owned)).find(({ row }) => row.id === found.id);
  if (!listed) throw notFound(`Version ${selector.version ?? `@${selector.label}`} of environment “${name}”`);
  return toVersion(db, owned.name, listed.summary, listed.row);
}

/** The curated ones first, on the first page. */
export async function listEnvironments(
  db: Queryable,
  query: {
    workspaceId: string;
    search?: string | undefined;
    archived?: boolean | undefined;
    limit: number;
    cursor?: string | undefined;
  },
): Promise<{ items: EnvironmentSummary[]; nextCursor: string | null; total: number }> {
  const page = await listAssets(db, { ...query, kind: "environment" });
  const own = page.items.map(({ summary }) => ({ ...summary, curated: false }));
  const curated = listCurated(query.search).map(curatedSummary);
  return {
    items: query.cursor ? own : [...curated, ...own],
    nextCursor: page.nextCursor,
    total: page.total + curated.length,
  };
}
