import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { posix } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { invalid } from "#lib/core/errors.ts";
import { inTurns } from "#lib/core/in-turns.ts";
import { listCodeFiles } from "#lib/spec/ignore.ts";
import type { Connection } from "./connection.ts";

export interface UploadedFile {
  sha256: string;
  sizeBytes: number;
}

const parallelUploads = 4;

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function blobsPath(workspace: string): string {
  return `/workspaces/${encodeURIComponent(workspace)}/blobs`;
}

async function putFile(connection: Connection, workspace: string, path: string): Promise<UploadedFile> {
  const body = Readable.toWeb(createReadStream(path)) as unknown as ReadableStream;
  const response = await connection.fetch(blobsPath(workspace), { method: "PUT", body, duplex: "half" });
  return (await response.json()) as UploadedFile;
}

/** Uploads one file unless the workspace has its content already. */
export async function uploadFile(
  connection: Connection,
  workspace: string,
  path: string,
): Promise<UploadedFile> {
  const sha256 = await hashFile(path);
  const { missing } = await connection.api.files.findMissing({ workspace, sha256s: [sha256] });
  if (missing.length > 0) return putFile(connection, workspace, path);
  return { sha256, sizeBytes: (await stat(path)).size };
}

export interface UploadedFolder {
  digest: string;
  fileCount: number;
  sizeBytes: number;
  /** Files whose content was new. */
  sentCount: number;
}

/** What was sent, for people: “1 file, 17 bytes, 0 new”. */
export function describeUpload({ fileCount, sizeBytes, sentCount }: UploadedFolder): string {
  const files = `${fileCount.toLocaleString("en")} ${fileCount === 1 ? "file" : "files"}`;
  return `${files}, ${sizeBytes.toLocaleString("en")} bytes, ${sentCount} new`;
}

/** A folder or file that becomes part of an uploaded folder. */
export interface FolderPart {
  absolutePath: string;
  /** The folder that its files are put in; empty: at the top. */
  into: string;
}

/** Uploads what is new of a folder, by its ignore file, and names the folder by its content. */
export function uploadFolder(
  connection: Connection,
  workspace: string,
  folder: string,
): Promise<UploadedFolder> {
  return uploadParts(connection, workspace, [{ absolutePath: folder, into: "" }]);
}

/** The same for one folder made of several; each obeys the ignore file of its own. */
export async function uploadParts(
  connection: Connection,
  workspace: string,
  parts: readonly FolderPart[],
  /** What is at fault when two parts have the same file. */
  field = "",
): Promise<UploadedFolder> {
  const hashed = new Map<string, { path: string; absolutePath: string; sha256: string }>();
  for (const part of parts) {
    for (const { path: inside, absolutePath } of (await listCodeFiles(part.absolutePath)).files) {
      const path = posix.join(part.into, inside);
      const other = hashed.get(path);
      if (other) {
        const message = `Two files are to be ${path} of the code folder: ${other.absolutePath} and ${absolutePath}. Rename one of them.`;
        throw invalid(field, message);
      }
      hashed.set(path, { path, absolutePath, sha256: await hashFile(absolutePath) });
    }
  }
  const sha256s = [...new Set([...hashed.values()].map((file) => file.sha256))];
  const missing = new Set<string>();
  for (let start = 0; start < sha256s.length; start += 5000) {
    const part = sha256s.slice(start, start + 5000);
    for (const sha256 of (await connection.api.files.findMissing({ workspace, sha256s: part })).missing)
      missing.add(sha256);
  }
  const waiting = [...hashed.values()].filter((file) => missing.delete(file.sha256));
  await inTurns(waiting, parallelUploads, ({ absolutePath }) => putFile(connection, workspace, absolutePath));
  const files = [...hashed.values()].map(({ path, sha256 }) => ({ path, sha256 }));
  return { ...(await connection.api.files.createTree({ workspace, files })), sentCount: waiting.length };
}
