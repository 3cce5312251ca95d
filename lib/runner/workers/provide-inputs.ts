import type { Readable } from "node:stream";
import { and, eq } from "drizzle-orm";
import { type AssetSource, type TreeFile, trees } from "#db/schema/index.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { inTurns } from "#lib/core/in-turns.ts";
import { createTree, type FileServices, storeBlob } from "#lib/files/commands.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { blobKey } from "#lib/files/keys.ts";
import type { WorkerInput } from "./protocol.ts";
import type { Missing, WorkerClient } from "./worker-client.ts";

/** How many files go to a worker at once. */
const width = 4;

/** What a worker is told of a source. Files that have no digest yet (a run's artifacts) get one. */
export async function inputOf(
  services: FileServices,
  workspaceId: string,
  source: AssetSource,
): Promise<WorkerInput> {
  switch (source.kind) {
    case "tree":
      return { tree: source.digest };
    case "blob":
      return { blob: source.sha256, fileName: source.fileName };
    case "prefix":
      return { tree: (await digestFiles(services, workspaceId, source)).digest };
    case "uri":
      throw new AppError("UNPROCESSABLE", {
        userMessage: `${source.uri} is outside of the studio. Import it as a dataset first.`,
      });
    case "none":
      throw notFound("Data behind the input");
  }
}

/** Gives files that are kept by path a tree of their own; what is stored already is not stored twice. */
export async function digestFiles(
  services: FileServices,
  workspaceId: string,
  source: AssetSource,
): Promise<{ digest: string }> {
  const set = openFileSet(services, workspaceId, source);
  const files: { path: string; sha256: string }[] = [];
  for (const { path } of await set.list()) {
    const { body } = await set.open(path);
    files.push({ path, sha256: (await storeBlob(services, workspaceId, body)).sha256 });
  }
  return createTree(services.db, workspaceId, files);
}

/** Sends a worker what it said it lacks. */
export async function provideMissing(
  services: FileServices,
  workspaceId: string,
  worker: WorkerClient,
  missing: Missing,
): Promise<void> {
  await sendBlobs(services, workspaceId, worker, missing.blobs);
  for (const digest of missing.trees) {
    const files = await readTree(services, workspaceId, digest);
    const lacking = await worker.putTree(digest, files);
    if (lacking.length === 0) continue;
    await sendBlobs(services, workspaceId, worker, lacking);
    await worker.putTree(digest, files);
  }
}

async function readTree(services: FileServices, workspaceId: string, digest: string): Promise<TreeFile[]> {
  const [tree] = await services.db
    .select({ files: trees.files })
    .from(trees)
    .where(and(eq(trees.workspaceId, workspaceId), eq(trees.digest, digest)));
  if (!tree) throw notFound(`Folder ${digest.slice(0, 12)}`);
  return tree.files;
}

async function sendBlobs(
  services: FileServices,
  workspaceId: string,
  worker: WorkerClient,
  sha256s: string[],
): Promise<void> {
  await inTurns(new Set(sha256s), width, async (sha256) => {
    const object = await services.store.get(blobKey(workspaceId, sha256));
    await worker.putBlob(sha256, object.body as Readable, object.size);
  });
}
