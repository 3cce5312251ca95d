import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
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

/**
 * Whether what is stored stays. What only previews stored is `transient` and goes with them; from the moment that anybody
 * else stores or names the same content it is kept.
 */
export type Keeping = "kept" | "transient";

/** The largest file that may be uploaded, in bytes. */
export const maxBlobBytes = 20 * 1024 ** 3;

/**
 * Stores a stream under its SHA-256. The bytes are first spooled to a local file while they are counted and hashed, so
 * that a broken upload leaves nothing behind and the same content is kept once.
 */
export async function storeBlob(
  services: FileServices,
  workspaceId: string,
  body: Readable,
  keeping: Keeping = "kept",
): Promise<Blob> {
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
    const known = await findBlobs(services.db, workspaceId, [sha256], keeping);
    if (known.size === 0) {
      await services.store.put(blobKey(workspaceId, sha256), createReadStream(file), { size: sizeBytes });
      const transientAt = keeping === "transient" ? sql`now()` : null;
      await services.db
        .insert(blobs)
        .values({ workspaceId, sha256, sizeBytes, transientAt })
        .onConflictDoUpdate({
          target: [blobs.workspaceId, blobs.sha256],
          set: { transientAt },
          setWhere: isNotNull(blobs.transientAt),
        });
    }
    return { sha256, sizeBytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The sizes of these contents, of those that the workspace has. A transient one is kept from now on, or is new again: the
 * row's lock decides between this and its removal, so that what is answered here stays.
 */
async function findBlobs(
  db: Queryable,
  workspaceId: string,
  sha256s: string[],
  keeping: Keeping,
): Promise<Map<string, number>> {
  if (sha256s.length === 0) return new Map();
  const among = (some: string[]) => and(eq(blobs.workspaceId, workspaceId), inArray(blobs.sha256, some));
  const rows = await db.select().from(blobs).where(among(sha256s));
  const sizes = new Map(rows.map(({ sha256, sizeBytes }) => [sha256, sizeBytes]));
  const passing = rows.filter(({ transientAt }) => transientAt !== null).map(({ sha256 }) => sha256);
  if (passing.length === 0) return sizes;
  const touched = await db
    .update(blobs)
    .set({
      transientAt: keeping === "kept" ? null : sql`case when ${blobs.transientAt} is not null then now() end`,
    })
    .where(among(passing))
    .returning({ sha256: blobs.sha256 });
  const there = new Set(touched.map(({ sha256 }) => sha256));
  for (const sha256 of passing) if (!there.has(sha256)) sizes.delete(sha256);
  return sizes;
}

/** Which of these contents the workspace does not have yet. */
export async function findMissingBlobs(
  db: Queryable,
  workspaceId: string,
  sha256s: string[],
  keeping: Keeping = "kept",
): Promise<string[]> {
  const known = await findBlobs(db, workspaceId, sha256s, keeping);
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
  keeping: Keeping = "kept",
): Promise<{ digest: string; fileCount: number; sizeBytes: number }> {
  const seen = new Set<string>();
  for (const [index, file] of files.entries()) {
    if (!isSafePath(file.path))
      throw invalid(`files[${index}].path`, `“${file.path}” is not a relative path.`);
    if (seen.has(file.path)) throw invalid(`files[${index}].path`, `“${file.path}” is given twice.`);
    seen.add(file.path);
  }
  const wanted = [...new Set(files.map((file) => file.sha256))];
  const sizes = await findBlobs(db, workspaceId, wanted, keeping);
  const complete = files.map((file, index) => {
    const sizeBytes = sizes.get(file.sha256);
    if (sizeBytes === undefined)
      throw invalid(`files[${index}].sha256`, `The content of “${file.path}” is not uploaded.`);
    return { path: file.path, sha256: file.sha256, sizeBytes };
  });
  const sorted = complete.sort((a, b) => (a.path < b.path ? -1 : 1));
  const digest = treeDigest(sorted);
  const sizeBytes = sorted.reduce((sum, file) => sum + file.sizeBytes, 0);
  const transientAt = keeping === "transient" ? sql`now()` : null;
  await db
    .insert(trees)
    .values({ workspaceId, digest, files: sorted, fileCount: sorted.length, sizeBytes, transientAt })
    .onConflictDoUpdate({
      target: [trees.workspaceId, trees.digest],
      set: { transientAt },
      setWhere: isNotNull(trees.transientAt),
    });
  return { digest, fileCount: sorted.length, sizeBytes };
}
