import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assets, assetVersions, runPorts, runs } from "#db/schema/index.ts";
import type { Asset, AssetVersion } from "#lib/assets/commands.ts";
import type { AssetVersionSummary } from "#lib/assets/model.ts";
import { getAsset, getAssetVersion, listAssets, listAssetVersions } from "#lib/assets/queries.ts";
import { type Dataset, type DatasetSummary, type DatasetVersion, datasetDetails } from "./model.ts";

export function toDatasetVersion(
  name: string,
  summary: AssetVersionSummary,
  row: AssetVersion,
): DatasetVersion {
  const details = datasetDetails.parse(row.details);
  return {
    ...summary,
    format: details.format,
    columns: details.table?.columns ?? null,
    rowCount: details.table?.rowCount ?? null,
    profiled: details.profileSha256 !== null,
    problem: details.problem,
    reference: `azureml:${name}:${row.version}`,
    properties: row.properties,
  };
}

export async function listDatasets(
  db: Queryable,
  query: Omit<Parameters<typeof listAssets>[1], "kind">,
): Promise<{ items: DatasetSummary[]; nextCursor: string | null; total: number }> {
  const page = await listAssets(db, { ...query, kind: "dataset" });
  return {
    ...page,
    items: page.items.map(({ summary, latest }) => {
      const details = latest ? datasetDetails.parse(latest.details) : undefined;
      const table = details?.table;
      return {
        ...summary,
        format: details?.format ?? "other",
        table: table ? { rowCount: table.rowCount, columnCount: table.columns.length } : null,
      };
    }),
  };
}

export async function getDataset(db: Queryable, workspaceId: string, name: string): Promise<Dataset> {
  const asset = await getAsset(db, workspaceId, "dataset", name);
  const versions = await listAssetVersions(db, asset);
  return {
    name: asset.name,
    description: asset.description,
    tags: asset.tags,
    archived: asset.archivedAt !== null,
    createdAt: asset.createdAt.getTime(),
    versions: versions.map(({ summary, row }) => toDatasetVersion(asset.name, summary, row)),
  };
}

/** `3`, `@prod` or `@latest`. */
export function getDatasetRow(
  db: Queryable,
  workspaceId: string,
  name: string,
  version: string,
): Promise<{ asset: Asset; version: AssetVersion }> {
  const selector = version.startsWith("@") ? { label: version.slice(1) } : { version };
  return getAssetVersion(db, workspaceId, "dataset", name, selector);
}

export async function getDatasetVersion(
  db: Queryable,
  workspaceId: string,
  name: string,
  version: string,
): Promise<DatasetVersion & { name: string }> {
  const found = await getDatasetRow(db, workspaceId, name, version);
  const versions = await listAssetVersions(db, found.asset);
  const one = versions.find(({ row }) => row.id === found.version.id);
  if (!one) throw new Error(`version ${version} of ${name} vanished while it was read`);
  return { name, ...toDatasetVersion(name, one.summary, one.row) };
}

const usesLimit = 200;

/** The newest runs that read a version, and the models that are outputs of those runs. */
export async function listDatasetUses(db: Queryable, versionId: string) {
  const readers = await db
    .selectDistinct({
      id: runs.id,
      name: runs.name,
      displayName: runs.displayName,
      status: runs.status,
      createdAt: runs.createdAt,
    })
    .from(runPorts)
    .innerJoin(runs, eq(runs.id, runPorts.runId))
    .where(
      and(eq(runPorts.assetVersionId, versionId), eq(runPorts.direction, "input"), isNull(runs.deletedAt)),
    )
    .orderBy(desc(runs.createdAt))
    .limit(usesLimit);
  const ids = readers.map((run) => run.id);
  const models =
    ids.length === 0
      ? []
      : await db
          .select({ name: assets.name, version: assetVersions.version, runId: assetVersions.runId })
          .from(assetVersions)
          .innerJoin(assets, and(eq(assets.id, assetVersions.assetId), eq(assets.kind, "model")))
          .where(and(inArray(assetVersions.runId, ids), isNull(assetVersions.deletedAt)))
          .orderBy(desc(assetVersions.createdAt));
  const names = new Map(readers.map((run) => [run.id, run.name]));
  return {
    runs: readers.map(({ name, displayName, status, createdAt }) => ({
      name,
      displayName,
      status,
      createdAt: createdAt.getTime(),
    })),
    models: models.map(({ name, version, runId }) => ({
      name,
      version,
      runName: names.get(runId ?? "") ?? "",
    })),
  };
}
