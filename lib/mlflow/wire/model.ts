import { inArray, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { loggedModels, runs, users } from "#db/schema/index.ts";
import type { Asset, AssetVersion } from "#lib/assets/commands.ts";
import { modelDetails } from "#lib/models/model.ts";
import { listLatestVersions, readAliases } from "#lib/models/registry.ts";
import { wireTags } from "../reply.ts";

type Versioned = { asset: Asset; version: AssetVersion };

/** Where a client finds the files of a version: below the artifact proxy, to be read only. */
export function versionArtifactUri(
  asset: Pick<Asset, "name">,
  version: Pick<AssetVersion, "version">,
): string {
  return `mlflow-artifacts:/models/${asset.name}/${version.version}`;
}

const unique = (values: readonly (string | null | undefined)[]) => [
  ...new Set(values.filter((value): value is string => Boolean(value))),
];

async function readFacts(db: Queryable, found: readonly Versioned[]) {
  const runIds = unique(found.map(({ version }) => version.runId));
  const userIds = unique(found.map(({ version }) => version.createdBy));
  const modelIds = unique(found.map(({ version }) => modelDetails.parse(version.details).mlflow?.modelId));
  const [runRows, userRows, modelRows, aliases] = await Promise.all([
    db
      .select({ id: runs.id, name: runs.name })
      .from(runs)
      .where(sql`${runs.id} = any(${sql.param(runIds)}::text[])`),
    userIds.length === 0
      ? []
      : db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, userIds)),
    db
      .select({ id: loggedModels.id, params: loggedModels.params })
      .from(loggedModels)
      .where(sql`${loggedModels.id} = any(${sql.param(modelIds)}::text[])`),
    readAliases(db, unique(found.map(({ asset }) => asset.id))),
  ]);
  return {
    runNames: new Map(runRows.map((row) => [row.id, row.name])),
    userNames: new Map(userRows.map((row) => [row.id, row.name])),
    params: new Map(modelRows.map((row) => [row.id, row.params])),
    aliases,
  };
}

/** Versions with what else is known of them, in the order given. */
export async function readWireVersions(db: Queryable, found: readonly Versioned[]): Promise<object[]> {
  const { runNames, userNames, params, aliases } = await readFacts(db, found);
  return found.map(({ asset, version }) => {
    const { stage, mlflow } = modelDetails.parse(version.details);
    const labels = aliases.get(asset.id) ?? [];
    return {
      name: asset.name,
      version: version.version,
      creation_timestamp: version.createdAt.getTime(),
      last_updated_timestamp: version.updatedAt.getTime(),
      user_id: userNames.get(version.createdBy ?? ""),
      current_stage: stage,
      description: version.description,
      source: mlflow?.source || version.path || versionArtifactUri(asset, version),
      run_id: runNames.get(version.runId ?? "") ?? "",
      run_link: mlflow?.runLink ?? "",
      status: "READY",
      tags: wireTags(version.tags),
      aliases: labels.filter((label) => label.versionId === version.id).map((label) => label.alias),
      model_id: mlflow?.modelId,
      model_params: Object.entries(params.get(mlflow?.modelId ?? "") ?? {}).map(([name, value]) => ({
        name,
        value,
      })),
    };
  });
}

export async function readWireVersion(db: Queryable, found: Versioned): Promise<object> {
  const [wire] = await readWireVersions(db, [found]);
  if (!wire) throw new Error(`version ${found.version.version} of ${found.asset.name} is gone`);
  return wire;
}

/** Models with the newest version of each stage, in the order given. */
export async function readWireModels(db: Queryable, found: readonly Asset[]): Promise<object[]> {
  const ids = found.map((asset) => asset.id);
  const byId = new Map(found.map((asset) => [asset.id, asset]));
  const [latest, aliases] = await Promise.all([listLatestVersions(db, ids), readAliases(db, ids)]);
  const versioned = latest.flatMap((version) => {
    const asset = byId.get(version.assetId);
    return asset ? [{ asset, version }] : [];
  });
  const wire = await readWireVersions(db, versioned);
  return found.map((asset) => ({
    name: asset.name,
    creation_timestamp: asset.createdAt.getTime(),
    last_updated_timestamp: asset.updatedAt.getTime(),
    description: asset.description,
    latest_versions: wire.filter((_, index) => versioned[index]?.asset === asset),
    tags: wireTags(asset.tags),
    aliases: (aliases.get(asset.id) ?? []).map(({ alias, version }) => ({ alias, version })),
  }));
}

export async function readWireModel(db: Queryable, asset: Asset): Promise<object> {
  const [wire] = await readWireModels(db, [asset]);
  if (!wire) throw new Error(`model ${asset.name} is gone`);
  return wire;
}
