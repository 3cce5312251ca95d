import { inArray } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import type { Asset, AssetVersion } from "#lib/assets/commands.ts";
import type { AssetVersionSummary } from "#lib/assets/model.ts";
import { getAsset, getAssetVersion, listAssets, listAssetVersions } from "#lib/assets/queries.ts";
import { type ModelAsset, type ModelSummary, type ModelVersion, modelDetails } from "./model.ts";

type RunNames = Map<string, { name: string; displayName: string }>;

async function readRunNames(db: Queryable, rows: readonly AssetVersion[]): Promise<RunNames> {
  const ids = rows.flatMap((row) => (row.runId ? [row.runId] : []));
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: runs.id, name: runs.name, displayName: runs.displayName })
    .from(runs)
    .where(inArray(runs.id, ids));
  return new Map(found.map(({ id, ...run }) => [id, run]));
}

function toModelVersion(
  name: string,
  summary: AssetVersionSummary,
  row: AssetVersion,
  names: RunNames,
): ModelVersion {
  return {
    ...summary,
    name,
    reference: `azureml:${name}:${row.version}`,
    stage: modelDetails.parse(row.details).stage,
    properties: row.properties,
    run: (row.runId && names.get(row.runId)) || null,
  };
}

export async function listModels(
  db: Queryable,
  query: Omit<Parameters<typeof listAssets>[1], "kind">,
): Promise<{ items: ModelSummary[]; nextCursor: string | null; total: number }> {
  const page = await listAssets(db, { ...query, kind: "model" });
  return {
    ...page,
    items: page.items.map(({ summary, latest }) => ({
      ...summary,
      stage: latest ? modelDetails.parse(latest.details).stage : null,
    })),
  };
}

async function readVersions(db: Queryable, asset: Asset): Promise<ModelVersion[]> {
  const versions = await listAssetVersions(db, asset);
  const names = await readRunNames(
    db,
    versions.map(({ row }) => row),
  );
  return versions.map(({ summary, row }) => toModelVersion(asset.name, summary, row, names));
}

export async function getModel(db: Queryable, workspaceId: string, name: string): Promise<ModelAsset> {
  const asset = await getAsset(db, workspaceId, "model", name);
  return {
    name: asset.name,
    description: asset.description,
    tags: asset.tags,
    archived: asset.archivedAt !== null,
    createdAt: asset.createdAt.getTime(),
    versions: await readVersions(db, asset),
  };
}

/** `3`, `@prod` or `@latest`. */
export function getModelRow(
  db: Queryable,
  workspaceId: string,
  name: string,
  version: string,
): Promise<{ asset: Asset; version: AssetVersion }> {
  const selector = version.startsWith("@") ? { label: version.slice(1) } : { version };
  return getAssetVersion(db, workspaceId, "model", name, selector);
}

export async function getModelVersion(
  db: Queryable,
  workspaceId: string,
  name: string,
  version: string,
): Promise<ModelVersion> {
  const found = await getModelRow(db, workspaceId, name, version);
  const versions = await readVersions(db, found.asset);
  const one = versions.find((each) => each.version === found.version.version);
  if (!one) throw new Error(`version ${version} of ${name} vanished while it was read`);
  return one;
}
