import type { Database } from "#db/client.ts";
import { createAssetVersion, updateAsset, updateAssetVersion } from "#lib/assets/commands.ts";
import type { VersionSelector } from "#lib/assets/model.ts";
import { findAsset, getAsset, getAssetVersion } from "#lib/assets/queries.ts";
import { AppError } from "#lib/core/errors.ts";
import { enqueueTask } from "#lib/queue/commands.ts";
import { loadSpecText, loadSpecValue } from "#lib/spec/load-text.ts";
import type { EnvironmentDefinition } from "./build/definition.ts";
import { findCurated } from "./curated.ts";
import { definitionOf } from "./definition.ts";

/** The kind of the task that builds an environment; its key is `<digest> <kind>`. */
export const buildTaskKind = "environment-build";

export interface BuildTask {
  definition: EnvironmentDefinition;
  kind: "image" | "venv";
  /** So that the pages of whoever asked learn of it. */
  name: string;
}

function refuseCurated(name: string): void {
  if (!findCurated(name)) return;
  throw new AppError("CONFLICT", {
    userMessage: `${name} ships with the studio and does not change. Choose another name for your own.`,
    issues: [{ path: "name", message: "is taken by an environment that ships with the studio", value: name }],
  });
}

/** Adds a version from an environment file; the version is the next number unless the file says one. */
export async function createEnvironment(
  db: Database,
  workspaceId: string,
  userId: string,
  file: string | Record<string, unknown>,
): Promise<{ name: string; version: string }> {
  const options = { kind: "environment" as const };
  const { spec } = typeof file === "string" ? loadSpecText(file, options) : loadSpecValue(file, options);
  refuseCurated(spec.name);
  const definition = definitionOf(spec, "");
  const texts = (map: Record<string, string | null> | undefined) =>
    Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, value ?? ""]));
  return db.transaction(async (tx) => {
    const { asset, version } = await createAssetVersion(tx, {
      workspaceId,
      kind: "environment",
      name: spec.name,
      version: spec.version,
      type: definition.kind,
      source: { kind: "none" },
      description: spec.description,
      tags: texts(spec.tags),
      properties: texts(spec.properties),
      details: { ...definition },
      createdBy: userId,
    });
    return { name: asset.name, version: version.version };
  });
}

export async function updateEnvironment(
  db: Database,
  workspaceId: string,
  name: string,
  selector: VersionSelector,
  change: {
    description?: string | undefined;
    tags?: Record<string, string> | undefined;
    archived?: boolean | undefined;
  },
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await findAsset(tx, workspaceId, "environment", name))) refuseCurated(name);
    const { asset, version } = await getAssetVersion(tx, workspaceId, "environment", name, selector);
    await updateAssetVersion(tx, asset, version, change);
  });
}

export async function archiveEnvironment(
  db: Database,
  workspaceId: string,
  name: string,
  archived: boolean,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await findAsset(tx, workspaceId, "environment", name))) refuseCurated(name);
    await updateAsset(tx, await getAsset(tx, workspaceId, "environment", name), { archived });
  });
}

/** Asks the runner to build an environment ahead of its first use. */
export async function requestBuild(
  db: Database,
  workspaceId: string,
  environment: { name: string; digest: string; definition: EnvironmentDefinition },
  kind: "image" | "venv",
): Promise<void> {
  const { name, digest, definition } = environment;
  const payload: BuildTask = { definition, kind, name };
  await enqueueTask(db, {
    kind: buildTaskKind,
    key: `${digest} ${kind}`,
    payload: { ...payload },
    workspaceId,
    maxAttempts: 1,
  });
}
