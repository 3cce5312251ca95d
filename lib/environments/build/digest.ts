import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import tar from "tar-stream";
import { pour } from "#lib/compute/archive.ts";
import type { FileTree } from "#lib/compute/port.ts";
import type { Lock } from "./lock.ts";

/**
 * The identity of an environment: its packages, what they stand on (an image id, or a platform) and the Python. The
 * first part changes when builds are made another way.
 */
export function environmentDigest(lock: Lock, base: string): string {
  const packages = lock.text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .sort();
  return sha256(JSON.stringify(["environment-1", lock.python, base, packages]));
}

/** The identity of files as an image holds them: names, kinds, modes and contents, not times. */
export async function filesDigest(files: FileTree[]): Promise<string> {
  const parts: string[] = [];
  for (const file of files) parts.push(file.path, ...(await entryDigests(await file.open())));
  return sha256(JSON.stringify(parts));
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function entryDigests(stream: Readable): Promise<string[]> {
  const extract = tar.extract();
  pour(stream, extract).catch((error: Error) => extract.destroy(error));
  const digests: string[] = [];
  for await (const entry of extract) {
    const hash = createHash("sha256");
    for await (const chunk of entry) hash.update(chunk as Buffer);
    const { name, type, mode, linkname } = entry.header;
    digests.push(JSON.stringify([name, type, mode, linkname, hash.digest("hex")]));
  }
  return digests.sort();
}
