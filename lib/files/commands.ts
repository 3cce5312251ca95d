import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { and, eq, inArray } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { blobs, type TreeFile, trees } from "#db/schema/index.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import type { ObjectStore } from "#lib/storage/port.ts";
import { blobKey } from "./keys.ts";
import { isSafePath } from "./model.ts";

export interface FileServices {
  db: Queryable;
  store: ObjectStore;
}

export interface Blob {
  sha256: string;
  sizeBytes: number;
}

/** The largest file that may be uploaded, in bytes. */
export const maxBlobBytes = 20 * 1024 ** 3;

/**
 * Stores a stream under its SHA-256. The bytes are first spooled to a local file while they are counted and hashed, so
 * that a broken upload leaves nothing behind and the same content is kept once.
 */
export async function storeBlob(services: FileServices, workspaceId: string, body: Readable): Promise<Blob> {
  const folder = await mkdtemp(join(tmpdir(), "atelier-upload-"));
  try {
    const file = join(folder, randomUUID());
    const hash = createHash("sha256");
    let sizeBytes = 0;
    await pipeline(
      body,
      async function* count(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          sizeBytes += chunk.length;
          if (sizeBytes > maxBlobBytes) {
            throw new AppError("PAYLOAD_TOO_LARGE", { userMessage: "The file is larger than 20 GiB." });
          }
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(file),
    );
    const sha256 = hash.digest("hex");
    const known = await services.db
      .select({ sha256: blobs.sha256 })
      .from(blobs)
      .where(and(eq(blobs.workspaceId, workspaceId), eq(blobs.sha256, sha256)));
    if (known.length === 0) {
      await services.store.put(blobKey(workspaceId, sha256), createReadStream(file), { size: sizeBytes });
      await services.db.insert(blobs).values({ workspaceId, sha256, sizeBytes }).onConflictDoNothing();
    }
    return { sha256, sizeBytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Which of these contents the workspace does not have yet. */
export async function findMissingBlobs(
  db: Queryable,
  workspaceId: string,
  sha256s: string[],
): Promise<string[]> {
  if (sha256s.length === 0) return [];
  const rows = await db
    .select({ sha256: blobs.sha256 })
    .from(blobs)
    .where(and(eq(blobs.workspaceId, workspaceId), inArray(blobs.sha256, sha256s)));
  const known = new Set(rows.map((row) => row.sha256));
  return sha256s.filter((sha256) => !known.has(sha256));
}

/** The digest of a folder's content: SHA-256 over its sorted `path NUL sha256 NUL size LF` lines. */
export function treeDigest(files: readonly TreeFile[]): string {
  const hash = createHash("sha256");
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${file.path}\0${file.sha256}\0${file.sizeBytes}\n`);
  }
  return hash.digest("hex");
}

/** Records a folder whose files are all stored already. The same content is one tree. */
export async function createTree(
  db: Queryable,
  workspaceId: string,
  files: { path: string; sha256: string }[],
): Promise<{ digest: string; fileCount: number; sizeBytes: number }> {
  const seen = new Set<string>();
  for (const [index, file] of files.entries()) {
    if (!isSafePath(file.path))
      throw invalid(`files[${index}].path`, `“${file.path}” is not a relative path.`);
    if (seen.has(file.path)) throw invalid(`files[${index}].path`, `“${file.path}” is given twice.`);
    seen.add(file.path);
  }
  const wanted = [...new Set(files.map((file) => file.sha256))];
  const rows =
    wanted.length === 0
      ? []
      : await db
          .select()
          .from(blobs)
          .where(and(eq(blobs.workspaceId, workspaceId), inArray(blobs.sha256, wanted)));
  const sizes = new Map(rows.map((row) => [row.sha256, row.sizeBytes]));
  const complete = files.map((file, index) => {
    const sizeBytes = sizes.get(file.sha256);
    if (sizeBytes === undefined)
      throw invalid(`files[${index}].sha256`, `The content of “${file.path}” is not uploaded.`);
    return { path: file.path, sha256: file.sha256, sizeBytes };
  });
  const sorted = complete.sort((a, b) => (a.path < b.path ? -1 : 1));
  const digest = treeDigest(sorted);
  const sizeBytes = sorted.reduce((sum, file) => sum + file.sizeBytes, 0);
  await db
    .insert(trees)
    .values({ workspaceId, digest, files: sorted, fileCount: sorted.length, sizeBytes })
    .onConflictDoNothing();
  return { digest, fileCount: sorted.length, sizeBytes };
}
