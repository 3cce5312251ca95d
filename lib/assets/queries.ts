import { and, desc, eq, ilike, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assetLabels, assets, assetVersions, runs, users } from "#db/schema/index.ts";
import { decodeCursor, encodeCursor } from "#lib/api/page.ts";
import { notFound } from "#lib/core/errors.ts";
import type { Asset, AssetVersion } from "./commands.ts";
import type { AssetKind, AssetSummary, AssetVersionSummary, VersionSelector } from "./model.ts";

export async function findAsset(
  db: Queryable,
  workspaceId: string,
  kind: AssetKind,
  name: string,
): Promise<Asset | null> {
  const [row] = await db
    .select()
    .from(assets)
    .where(and(eq(assets.workspaceId, workspaceId), eq(assets.kind, kind), eq(assets.name, name)));
  return row ?? null;
}

export async function getAsset(
  db: Queryable,
  workspaceId: string,
  kind: AssetKind,
  name: string,
): Promise<Asset> {
  const asset = await findAsset(db, workspaceId, kind, name);
  if (!asset) throw notFound(`${kind[0]?.toUpperCase()}${kind.slice(1)} “${name}”`);
  return asset;
}

/** The version that a selector means; without version and label, the newest. */
export async function findAssetVersion(
  db: Queryable,
  asset: Asset,
  selector: VersionSelector,
): Promise<AssetVersion | null> {
  const live = and(eq(assetVersions.assetId, asset.id), isNull(assetVersions.deletedAt));
  if (selector.label !== undefined && selector.label !== "latest") {
    const [row] = await db
      .select({ version: assetVersions })
      .from(assetLabels)
      .innerJoin(assetVersions, eq(assetVersions.id, assetLabels.versionId))
      .where(and(eq(assetLabels.assetId, asset.id), eq(assetLabels.label, selector.label), live));
    return row?.version ?? null;
  }
  const exact = selector.version === undefined ? undefined : eq(assetVersions.version, selector.version);
  const [row] = await db
    .select()
    .from(assetVersions)
    .where(and(live, exact))
    .orderBy(desc(assetVersions.createdAt), desc(assetVersions.id))
    .limit(1);
  return row ?? null;
}

/** Name and selector → asset and version, or `NOT_FOUND` that says which of the two is missing. */
export async function getAssetVersion(
  db: Queryable,
  workspaceId: string,
  kind: AssetKind,
  name: string,
  selector: VersionSelector,
): Promise<{ asset: Asset; version: AssetVersion }> {
  const asset = await getAsset(db, workspaceId, kind, name);
  const version = await findAssetVersion(db, asset, selector);
  if (!version)
    throw notFound(`Version ${selector.version ?? `@${selector.label ?? "latest"}`} of ${kind} “${name}”`);
  return { asset, version };
}

const summaryColumns = {
  row: assetVersions,
  runName: runs.name,
  createdByName: users.name,
  labels: sql<string[]>`coalesce((
    select array_agg(l.label order by l.label) from asset_labels l where l.version_id = asset_versions.id
  ), '{}')`,
};

function toSummary(found: {
  row: AssetVersion;
  runName: string | null;
  createdByName: string | null;
  labels: string[];
}): AssetVersionSummary {
  const { row } = found;
  return {
    version: row.version,
    type: row.type,
    path: row.path,
    description: row.description,
    tags: row.tags,
    labels: found.labels,
    sizeBytes: row.sizeBytes,
    runName: found.runName,
    createdBy: found.createdByName,
    createdAt: row.createdAt.getTime(),
    archived: row.archivedAt !== null,
  };
}

/** The versions of an asset, newest first. */
export async function listAssetVersions(
  db: Queryable,
  asset: Asset,
): Promise<{ summary: AssetVersionSummary; row: AssetVersion }[]> {
  const found = await db
    .select(summaryColumns)
    .from(assetVersions)
    .leftJoin(runs, eq(runs.id, assetVersions.runId))
    .leftJoin(users, eq(users.id, assetVersions.createdBy))
    .where(and(eq(assetVersions.assetId, asset.id), isNull(assetVersions.deletedAt)))
    .orderBy(desc(assetVersions.createdAt), desc(assetVersions.id));
  return found.map((item) => ({ summary: toSummary(item), row: item.row }));
}

export interface AssetListQuery {
  workspaceId: string;
  kind: AssetKind;
  /** Part of a name. */
  search?: string | undefined;
  /** Of the newest version. */
  type?: string | undefined;
  archived?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
}

const newestVersionId = sql`(
  select n.id from asset_versions n where n.asset_id = assets.id and n.deleted_at is null
  order by n.created_at desc, n.id desc limit 1
)`;

/** Assets, the most recently changed first, each with its newest version (and that version's row for the domain). */
export async function listAssets(
  db: Queryable,
  query: AssetListQuery,
): Promise<{
  items: { summary: AssetSummary; latest: AssetVersion | null }[];
  nextCursor: string | null;
  total: number;
}> {
  const conditions: (SQL | undefined)[] = [
    eq(assets.workspaceId, query.workspaceId),
    eq(assets.kind, query.kind),
    query.archived ? undefined : isNull(assets.archivedAt),
    query.search ? ilike(assets.name, `%${query.search.replace(/[%_\\]/g, "\\$&")}%`) : undefined,
    query.type === undefined
      ? undefined
      : sql`(select v.type from asset_versions v where v.id = ${newestVersionId}) = ${query.type}`,
  ];
  const total = await db.$count(assets, and(...conditions));
  if (query.cursor) {
    const [at, id] = decodeCursor(query.cursor, 2);
    const when = new Date(Number(at));
    conditions.push(
      or(lt(assets.updatedAt, when), and(eq(assets.updatedAt, when), lt(assets.id, String(id)))),
    );
  }
  const rows = await db
    .select({
      asset: assets,
      versionCount: sql<number>`(
        select count(*)::int from asset_versions v where v.asset_id = assets.id and v.deleted_at is null
      )`,
      latestId: sql<string | null>`${newestVersionId}`,
    })
    .from(assets)
    .where(and(...conditions))
    .orderBy(desc(assets.updatedAt), desc(assets.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const versions = await findVersions(
    db,
    page.flatMap((row) => (row.latestId ? [row.latestId] : [])),
  );
  const last = page.at(-1);
  return {
    items: page.map(({ asset, versionCount, latestId }) => {
      const latest = latestId ? versions.get(latestId) : undefined;
      const { name, description, tags } = asset;
      return {
        summary: {
          name,
          description,
          tags,
          versionCount,
          archived: asset.archivedAt !== null,
          createdAt: asset.createdAt.getTime(),
          updatedAt: asset.updatedAt.getTime(),
          latest: latest?.summary ?? null,
        },
        latest: latest?.row ?? null,
      };
    }),
    nextCursor:
      rows.length > query.limit && last
        ? encodeCursor([last.asset.updatedAt.getTime(), last.asset.id])
        : null,
    total,
  };
}

async function findVersions(
  db: Queryable,
  ids: string[],
): Promise<Map<string, { summary: AssetVersionSummary; row: AssetVersion }>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select(summaryColumns)
    .from(assetVersions)
    .leftJoin(runs, eq(runs.id, assetVersions.runId))
    .leftJoin(users, eq(users.id, assetVersions.createdBy))
    .where(sql`${assetVersions.id} in ${ids}`);
  return new Map(found.map((item) => [item.row.id, { summary: toSummary(item), row: item.row }]));
}
