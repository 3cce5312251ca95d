import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import tar from "tar-stream";
import { z } from "zod";
import { type Owner, tarStream } from "#lib/compute/archive.ts";

/**
 * Most runs leave most of their folders as they were made, and an archive of an empty folder costs the engine a process.
 * So a folder that is put in empty gets a time of change that is its own: writing into it sets another one, whoever
 * writes, and a look at the time tells whether there is anything to take out.
 */

/** What was put, and which folders got something by it. */
export class FilledFolders {
  readonly #put = new Set<string>();
  readonly #filled = new Set<string>();

  /** `name` as an archive has it: without a leading slash, perhaps with one at its end. */
  add(name: string): void {
    const path = name.replace(/\/$/, "");
    this.#put.add(path);
    let folder = parentOf(path);
    while (folder !== "" && !this.#filled.has(folder)) {
      this.#filled.add(folder);
      folder = parentOf(folder);
    }
  }

  /**
   * Those of the absolute folders that were put with nothing below them, not even a folder: writes further down would not
   * show. A folder that is the image's own was not put, and is left alone.
   */
  emptyOf(folders: readonly string[]): string[] {
    return folders.filter((folder) => this.#put.has(folder.slice(1)) && !this.#filled.has(folder.slice(1)));
  }
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** An archive that gives empty folders their marks. */
export function markedTar(containerId: string, folders: readonly string[], owner: Owner): Readable {
  const pack = tar.pack();
  for (const folder of folders) {
    const mtime = markOf(containerId, folder);
    pack.entry({ name: `${folder.slice(1)}/`, type: "directory", mode: 0o755, mtime, ...owner });
  }
  pack.finalize();
  return tarStream(pack);
}

/** A second between 1987 and 2004 that no other folder of any container is likely to have, copied times included. */
function markOf(containerId: string, folder: string): Date {
  const hash = createHash("sha256").update(`${containerId} ${folder}`).digest();
  return new Date((2 ** 29 + (hash.readUInt32BE(0) % 2 ** 29)) * 1000);
}

const statSchema = z.object({ mode: z.number(), mtime: z.string() });
export type PathStat = z.infer<typeof statSchema>;

/** What the engine says of a path, in a header of an answer without a body. */
export function readStat(answer: IncomingMessage): PathStat {
  answer.resume();
  const text = answer.headers["x-docker-container-path-stat"];
  return statSchema.parse(JSON.parse(Buffer.from(String(text), "base64").toString()));
}

/** The engine writes modes as Go does. */
const isFolder = 2 ** 31;

export function isMarked(containerId: string, folder: string, stat: PathStat): boolean {
  if (stat.mode < isFolder) return false;
  return new Date(stat.mtime).getTime() === markOf(containerId, folder).getTime();
}
