import { and, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import {
  type AssetSource,
  assetLabels,
  assets,
  assetVersions,
  blobs,
  deployments,
  endpoints,
  trees,
} from "#db/schema/index.ts";
import { type AssetVersion, lockAsset } from "#lib/assets/commands.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import { resolveRunFiles } from "#lib/runs/inputs/run-files.ts";
import type { Services } from "#lib/services/services.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import type { ModelSource, NewModel } from "./model.ts";
import { discardOwnFiles } from "./own-copy.ts";
import { registerVersion } from "./register-version.ts";
import { findLoggedModel, findRunRow } from "./run-models.ts";

interface FoundSource {
  source: AssetSource;
  path: string;
  /** `runs.id` of the run that wrote it. */
  runId?: string;
}

/** What a run wrote: a model that MLflow logged under the path's name, else its files at the path. */
async function findRunSource(services: Services, workspaceId: string, path: string): Promise<FoundSource> {
  const ref = parseRef(path);
  if (ref.kind !== "run" && ref.kind !== "job_output") {
    throw invalid(
      "source.path",
      `“${path}” names no output of a run. Give runs:/<run>/<path> or azureml://jobs/<run>/outputs/artifacts/paths/<path>.`,
      path,
    );
  }
  const name = ref.kind === "run" ? ref.runId : ref.job;
  const run = await findRunRow(services.db, workspaceId, name);
  if (!run) throw invalid("source.path", `There is no run “${name}” in this workspace.`, path);
  const below = ref.path.replace(/^\/+|\/+$/g, "");
  const isArtifacts = ref.kind === "run" || ref.output === "artifacts" || ref.output === "default";
  const logged = isArtifacts && below ? await findLoggedModel(services.db, run, below) : null;
  if (logged) return { source: logged, path, runId: run.id };
  const source = await resolveRunFiles(services.db, workspaceId, ref, "source.path");
  return { source, path, runId: run.id };
}

async function findSource(
  services: Services,
  workspaceId: string,
  source: ModelSource,
): Promise<FoundSource> {
  const { db } = services;
  if ("path" in source) return findRunSource(services, workspaceId, source.path);
  if ("tree" in source) {
    const where = and(eq(trees.workspaceId, workspaceId), eq(trees.digest, source.tree));
    if ((await db.$count(trees, where)) === 0) throw invalid("source.tree", "this folder is not uploaded.");
    return { source: { kind: "tree", digest: source.tree }, path: "" };
  }
  const { sha256, fileName } = source;
  const where = and(eq(blobs.workspaceId, workspaceId), eq(blobs.sha256, sha256));
  const [blob] = await db.select().from(blobs).where(where);
  if (!blob) throw invalid("source.sha256", "this file is not uploaded.");
  return { source: { kind: "blob", sha256, fileName, sizeBytes: blob.sizeBytes }, path: fileName };
}

/** Registers a version. Its files must be there; the type is found out from them unless given. */
export async function registerModel(
  services: Services,
  workspaceId: string,
  userId: string,
  input: NewModel,
): Promise<AssetVersion> {
  const { source, path, runId } = await findSource(services, workspaceId, input.source);
  return registerVersion(services, workspaceId, { ...input, source, path, runId, createdBy: userId });
}

/** Deletes every version with its own files. Refused while a deployment serves one. */
export async function deleteModel(services: Services, workspaceId: string, name: string): Promise<number> {
  const sources = await services.db.transaction((tx) => deleteVersions(tx, workspaceId, name));
  await discardOwnFiles(services, workspaceId, sources);
  return sources.length;
}

/** Marks all versions as deleted and puts the model away; its row only keeps the count of versions. */
async function deleteVersions(tx: Queryable, workspaceId: string, name: string): Promise<AssetSource[]> {
  const asset = await lockAsset(tx, { workspaceId, kind: "model", name });
  const live = and(eq(assetVersions.assetId, asset.id), isNull(assetVersions.deletedAt));
  const served = await tx
    .selectDistinct({ endpoint: endpoints.name, deployment: deployments.name })
    .from(deployments)
    .innerJoin(endpoints, eq(endpoints.id, deployments.endpointId))
    .innerJoin(assetVersions, eq(assetVersions.id, deployments.modelVersionId))
    .where(and(live, isNull(deployments.deletingAt)));
  const [first] = served;
  if (first) {
    throw new AppError("CONFLICT", {
      userMessage: `${name} is served by ${first.endpoint} (${first.deployment}). Remove that deployment first, or archive the model.`,
      details: { deployments: served },
    });
  }
  await tx.delete(assetLabels).where(eq(assetLabels.assetId, asset.id));
  const gone = await tx
    .update(assetVersions)
    .set({ deletedAt: new Date() })
    .where(live)
    .returning({ source: assetVersions.source });
  await tx.update(assets).set({ archivedAt: new Date() }).where(eq(assets.id, asset.id));
  await publish(tx, { workspaceId, kind: "model", name, event: "deleted" });
  return gone.map((row) => row.source);
}
