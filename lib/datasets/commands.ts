import { and, count, eq, inArray, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { type AssetSource, assets, assetVersions, blobs, runPorts, runs, trees } from "#db/schema/index.ts";
import { type AssetVersion, createAssetVersion } from "#lib/assets/commands.ts";
import { getAsset } from "#lib/assets/queries.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { publish } from "#lib/live/outbox.ts";
import { enqueueTask } from "#lib/queue/commands.ts";
import type { Services } from "#lib/services/services.ts";
import { isTerminal } from "#lib/spec/statuses.ts";
import { type DatasetDetails, datasetDetails, formatOfFile, type NewDataset } from "./model.ts";
import { findRunOutput } from "./run-output-source.ts";
import { findTableFile } from "./table-file.ts";
import { getTableService } from "./table-service.ts";

export const prepareTaskKind = "dataset.prepare";

/** Has the runner find the table in a version's file, where that was not done yet, and profile it. */
export async function enqueuePreparation(
  tx: Queryable,
  workspaceId: string,
  versionId: string,
): Promise<void> {
  await enqueueTask(tx, { kind: prepareTaskKind, key: versionId, workspaceId, payload: { versionId } });
}

interface Prepared {
  type: string;
  source: AssetSource;
  path: string;
  sizeBytes: number | undefined;
  details: DatasetDetails;
  runId?: string | undefined;
}

async function prepareSource(services: Services, workspaceId: string, input: NewDataset): Promise<Prepared> {
  const { source } = input;
  const plain = datasetDetails.parse({});
  if ("uri" in source) {
    const type = input.type ?? "uri_file";
    return {
      type,
      source: { kind: "uri", uri: source.uri },
      path: source.uri,
      sizeBytes: undefined,
      details: plain,
    };
  }
  if ("path" in source) return prepareRunOutput(services, workspaceId, input, source.path);
  if ("tree" in source) {
    const [tree] = await services.db
      .select({ sizeBytes: trees.sizeBytes })
      .from(trees)
      .where(and(eq(trees.workspaceId, workspaceId), eq(trees.digest, source.tree)));
    if (!tree) throw invalid("source.tree", "this folder is not uploaded.");
    if (input.type === "uri_file") throw invalid("type", "a folder was uploaded; uri_file is one file.");
    const type = input.type ?? "uri_folder";
    const details = { ...plain, format: "folder" as const };
    return {
      type,
      source: { kind: "tree", digest: source.tree },
      path: "",
      sizeBytes: tree.sizeBytes,
      details,
    };
  }
  const { sha256, fileName } = source;
  const [blob] = await services.db
    .select()
    .from(blobs)
    .where(and(eq(blobs.workspaceId, workspaceId), eq(blobs.sha256, sha256)));
  if (!blob) throw invalid("source.sha256", "this file is not uploaded.");
  if (input.type !== undefined && input.type !== "uri_file") {
    throw invalid("type", `one file was uploaded; ${input.type} is a folder.`);
  }
  const format = formatOfFile(fileName);
  const details: DatasetDetails = { ...plain, format, csvOptions: input.csvOptions };
  if (format === "csv" || format === "parquet") {
    const tables = getTableService(services);
    const path = await tables.fetch(workspaceId, sha256);
    details.table = await tables.ingest(workspaceId, { path, sha256, format }, input.csvOptions);
  }
  const { sizeBytes } = blob;
  return {
    type: "uri_file",
    source: { kind: "blob", sha256, fileName, sizeBytes },
    path: fileName,
    sizeBytes,
    details,
  };
}

/** What a run wrote: a file, or a folder; the table in it is found at once. */
async function prepareRunOutput(
  services: Services,
  workspaceId: string,
  input: NewDataset,
  path: string,
): Promise<Prepared> {
  const { source, sizeBytes, runId } = await findRunOutput(services, workspaceId, path);
  if (source.kind === "blob" && input.type !== undefined && input.type !== "uri_file") {
    throw invalid("type", `there is one file at this path; ${input.type} is a folder.`);
  }
  if (source.kind === "tree" && input.type === "uri_file") {
    throw invalid("type", "there is a folder at this path; uri_file is one file.");
  }
  const file = findTableFile(await openFileSet(services, workspaceId, source).list());
  const details = datasetDetails.parse({ csvOptions: input.csvOptions });
  details.format = source.kind === "tree" ? "folder" : (file?.format ?? "other");
  if (file) {
    const tables = getTableService(services);
    const local = await tables.fetch(workspaceId, file.sha256);
    details.table = await tables.ingest(workspaceId, { ...file, path: local }, input.csvOptions);
  }
  const type = source.kind === "blob" ? "uri_file" : (input.type ?? "uri_folder");
  return { type, source, path, sizeBytes, details, runId };
}

/**
 * Adds a version. A table is read whole before anything is saved, so that a broken file leaves nothing behind; the profile
 * follows in the background.
 */
export async function createDataset(
  services: Services,
  workspaceId: string,
  userId: string,
  input: NewDataset,
): Promise<AssetVersion> {
  const prepared = await prepareSource(services, workspaceId, input);
  return services.db.transaction(async (tx) => {
    const { version } = await createAssetVersion(tx, {
      workspaceId,
      kind: "dataset",
      name: input.name,
      version: input.version,
      description: input.description,
      tags: input.tags,
      properties: input.properties,
      createdBy: userId,
      ...prepared,
    });
    if (prepared.details.table) await enqueuePreparation(tx, workspaceId, version.id);
    return version;
  });
}

/** Deletes every version. Refused while an open run reads one. */
export async function deleteDataset(db: Queryable, workspaceId: string, name: string): Promise<number> {
  return db.transaction(async (tx) => {
    const asset = await getAsset(tx, workspaceId, "dataset", name);
    const readers = await tx
      .select({ name: runs.name, status: runs.status })
      .from(runPorts)
      .innerJoin(assetVersions, eq(assetVersions.id, runPorts.assetVersionId))
      .innerJoin(runs, eq(runs.id, runPorts.runId))
      .where(and(eq(assetVersions.assetId, asset.id), eq(runPorts.direction, "input")));
    const open = readers.filter((run) => !isTerminal(run.status as Parameters<typeof isTerminal>[0]));
    if (open.length > 0) {
      const names = [...new Set(open.map((run) => run.name))];
      throw new AppError("CONFLICT", {
        userMessage: `${name} is being read by ${names.slice(0, 3).join(", ")}. Cancel ${names.length === 1 ? "that run" : "those runs"} first, or archive the dataset.`,
        details: { runs: names },
      });
    }
    const live = and(eq(assetVersions.assetId, asset.id), isNull(assetVersions.deletedAt));
    const [found] = await tx.select({ n: count() }).from(assetVersions).where(live);
    await tx.update(assetVersions).set({ deletedAt: new Date() }).where(live);
    await tx
      .update(assets)
      .set({ archivedAt: new Date() })
      .where(inArray(assets.id, [asset.id]));
    await publish(tx, { workspaceId, kind: "dataset", name, event: "deleted" });
    return found?.n ?? 0;
  });
}
