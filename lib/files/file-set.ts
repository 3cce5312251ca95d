import type { Readable } from "node:stream";
import { and, eq } from "drizzle-orm";
import { type AssetSource, trees } from "#db/schema/index.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import type { FileServices } from "./commands.ts";
import { blobKey } from "./keys.ts";
import type { FileEntry } from "./model.ts";

/** Files behind one reference, however they are kept. */
export interface FileSet {
  list(): Promise<FileEntry[]>;
  /** Throws `NOT_FOUND` for a path that is not in the list. */
  open(path: string, range?: { start: number; end?: number }): Promise<{ body: Readable; sizeBytes: number }>;
}

function prefixSet(services: FileServices, prefix: string): FileSet {
  return {
    async list() {
      const files: FileEntry[] = [];
      let cursor: string | undefined;
      do {
        const page = await services.store.list(prefix, cursor ? { cursor } : {});
        for (const object of page.objects) {
          files.push({ path: object.key.slice(prefix.length), sizeBytes: object.size });
        }
        cursor = page.cursor;
      } while (cursor);
      return files;
    },
    async open(path, range) {
      const object = await services.store.get(prefix + path, range);
      return { body: object.body, sizeBytes: object.size };
    },
  };
}

function listedSet(services: FileServices, workspaceId: string, read: () => Promise<FileEntry[]>): FileSet {
  return {
    list: read,
    async open(path, range) {
      const file = (await read()).find((entry) => entry.path === path);
      if (!file?.sha256) throw notFound(`File “${path}”`);
      const object = await services.store.get(blobKey(workspaceId, file.sha256), range);
      return { body: object.body, sizeBytes: object.size };
    },
  };
}

/** The files of a dataset, model, snapshot or run output. An address outside of the studio has none here. */
export function openFileSet(services: FileServices, workspaceId: string, source: AssetSource): FileSet {
  switch (source.kind) {
    case "prefix":
      return prefixSet(services, source.prefix);
    case "blob": {
      const { fileName: path, sizeBytes, sha256 } = source;
      return listedSet(services, workspaceId, async () => [{ path, sizeBytes, sha256 }]);
    }
    case "tree":
      return listedSet(services, workspaceId, async () => {
        const [tree] = await services.db
          .select()
          .from(trees)
          .where(and(eq(trees.workspaceId, workspaceId), eq(trees.digest, source.digest)));
        if (!tree) throw notFound(`Folder ${source.digest.slice(0, 12)}`);
        return tree.files;
      });
    case "uri":
      throw new AppError("UNPROCESSABLE", {
        userMessage: `${source.uri} is outside of the studio; its files are read where they are.`,
      });
    case "none":
      return { list: async () => [], open: async (path) => Promise.reject(notFound(`File “${path}”`)) };
  }
}
