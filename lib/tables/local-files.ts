import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface LocalFiles {
  /** The local path of a file by content, fetched when it is not there yet. */
  get(sha256: string, open: () => Promise<{ body: Readable }>): Promise<string>;
  /** A path for a file that is being made; remove it when done. */
  scratch(extension: string): Promise<string>;
}

/** A folder of fetched files that is kept below `maxBytes`: the one used longest ago goes first. */
export function createLocalFiles(folder: string, maxBytes: number): LocalFiles {
  const fetching = new Map<string, Promise<string>>();

  async function trim(): Promise<void> {
    const names = await readdir(folder);
    const files = await Promise.all(
      names.map(async (name) => ({
        path: join(folder, name),
        info: await stat(join(folder, name)).catch(() => null),
      })),
    );
    const present = files.flatMap(({ path, info }) =>
      info ? [{ path, size: info.size, used: info.mtimeMs }] : [],
    );
    let total = present.reduce((sum, file) => sum + file.size, 0);
    for (const file of present.sort((a, b) => a.used - b.used)) {
      if (total <= maxBytes) return;
      // A file in use keeps its bytes until it is closed.
      await rm(file.path, { force: true });
      total -= file.size;
    }
  }

  async function fetchFile(path: string, open: () => Promise<{ body: Readable }>): Promise<string> {
    await mkdir(folder, { recursive: true });
    const partial = `${path}.${randomUUID()}`;
    try {
      const { body } = await open();
      await pipeline(body, createWriteStream(partial));
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
    await trim();
    return path;
  }

  return {
    async get(sha256, open) {
      const path = join(folder, sha256);
      const now = new Date();
      const known = await utimes(path, now, now).then(
        () => true,
        () => false,
      );
      if (known) return path;
      const running = fetching.get(path) ?? fetchFile(path, open).finally(() => fetching.delete(path));
      fetching.set(path, running);
      return running;
    },
    async scratch(extension) {
      await mkdir(folder, { recursive: true });
      return join(folder, `${randomUUID()}.${extension}`);
    },
  };
}
