import type { AssetSource } from "#db/schema/index.ts";
import { messageOf } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { inTurns } from "#lib/core/in-turns.ts";
import type { FileServices } from "#lib/files/commands.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { modelVersionPrefix } from "#lib/files/keys.ts";
import type { FileEntry } from "#lib/files/model.ts";
import type { Services } from "#lib/services/services.ts";

const copiesAtOnce = 8;

export interface KeptFiles {
  source: AssetSource;
  files: FileEntry[];
  /** Removes what was copied; for when the version is not made after all. */
  discard(): Promise<void>;
}

/** The files under a prefix with their keys; the prefix may also be that of one file. */
async function listPrefix(
  services: FileServices,
  workspaceId: string,
  prefix: string,
): Promise<{ key: string; path: string; sizeBytes: number }[]> {
  const folder = prefix.replace(/\/*$/, "/");
  const files = await openFileSet(services, workspaceId, { kind: "prefix", prefix: folder }).list();
  if (files.length > 0) return files.map((file) => ({ ...file, key: folder + file.path }));
  const key = folder.slice(0, -1);
  const head = await services.store.head(key);
  return head ? [{ key, path: key.slice(key.lastIndexOf("/") + 1), sizeBytes: head.size }] : [];
}

/**
 * The files of a version to be. Those by content cannot change and stay where they are; those that a run wrote by path
 * may be written again, so they are copied inside the store to a place of their own.
 */
export async function keepFiles(
  services: FileServices,
  workspaceId: string,
  source: AssetSource,
): Promise<KeptFiles> {
  if (source.kind !== "prefix") {
    const files = await openFileSet(services, workspaceId, source).list();
    return { source, files, discard: async () => {} };
  }
  const found = await listPrefix(services, workspaceId, source.prefix);
  const prefix = modelVersionPrefix(workspaceId, newId("mvf"));
  const discard = async () => void (found.length > 0 && (await services.store.deletePrefix(prefix)));
  try {
    await inTurns(found, copiesAtOnce, ({ key, path }) => services.store.copy(key, prefix + path));
  } catch (error) {
    await discard();
    throw error;
  }
  const files = found.map(({ path, sizeBytes }) => ({ path, sizeBytes }));
  return { source: { kind: "prefix", prefix }, files, discard };
}

/**
 * Removes the copies that versions had of their own; for after they were deleted. What cannot be removed is only noted,
 * since the versions are gone either way.
 */
export async function discardOwnFiles(
  services: Pick<Services, "store" | "logger">,
  workspaceId: string,
  sources: readonly AssetSource[],
): Promise<void> {
  const own = modelVersionPrefix(workspaceId, "");
  for (const source of sources) {
    if (source.kind !== "prefix" || !source.prefix.startsWith(own.slice(0, -1))) continue;
    await services.store.deletePrefix(source.prefix).catch((error: unknown) => {
      services.logger.warn(`files of a deleted model at ${source.prefix} stay: ${messageOf(error)}`);
    });
  }
}
