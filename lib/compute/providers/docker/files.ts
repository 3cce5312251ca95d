import { posix } from "node:path";
import type { Readable } from "node:stream";
import { foldersTar, joinTars, moveTar, stripFirstFolder } from "#lib/compute/archive.ts";
import type { FileTree } from "#lib/compute/port.ts";
import { AppError } from "#lib/core/errors.ts";
import { type EngineClient, statusOf } from "./client.ts";
import { FilledFolders, isMarked, markedTar, readStat } from "./empty-folders.ts";

/** Large inputs take long; the limit only catches an engine that hangs. */
const archiveMs = 60 * 60_000;

/**
 * Makes a folder and those below it in a container, running or not, through the engine's archive call: nothing runs
 * inside for it. Folders that are there get the owner.
 */
export async function putFolders(
  engine: EngineClient,
  id: string,
  base: string,
  folders: string[],
  uid: number,
): Promise<void> {
  await putTar(engine, id, "/", () => foldersTar(base, folders, { uid, gid: uid }));
}

/**
 * Makes folders and unpacks trees at absolute folders, in one call: each call costs the engine a mount and a process.
 * Folders that stay empty are marked, so that nobody has to look into them later.
 */
export async function putAll(
  engine: EngineClient,
  id: string,
  base: string,
  put: { folders: string[]; trees: FileTree[] },
  uid: number,
): Promise<void> {
  const owner = { uid, gid: uid };
  await putTar(engine, id, "/", () => {
    const filled = new FilledFolders();
    return joinTars(
      [
        () => foldersTar(base, put.folders, owner),
        ...put.trees.map((tree) => async () => moveTar(await tree.open(), tree.path.slice(1), owner)),
        () => markedTar(id, filled.emptyOf(put.folders), owner),
      ],
      (name) => filled.add(name),
    );
  });
}

/** Unpacks a tree at an absolute folder; every entry belongs to the user. */
export async function putTree(engine: EngineClient, id: string, tree: FileTree, uid: number): Promise<void> {
  await putTar(engine, id, "/", async () =>
    moveTar(await tree.open(), tree.path.slice(1), { uid, gid: uid }),
  );
}

async function putTar(
  engine: EngineClient,
  id: string,
  at: string,
  open: () => Readable | Promise<Readable>,
): Promise<void> {
  const put = async (abortSignal: AbortSignal) => {
    const stream = await open();
    let broken: Error | undefined;
    stream.once("error", (error) => {
      broken = error;
    });
    try {
      await engine.docker.getContainer(id).putArchive(stream, { path: at, abortSignal });
    } catch (error) {
      // A broken archive shows as a broken connection; its own error says more.
      throw broken ?? error;
    } finally {
      stream.destroy();
    }
  };
  await engine.call("put files into a container", put, { timeoutMs: archiveMs });
}

/** What lies at an absolute path, without the name of that folder. */
export async function takeTar(engine: EngineClient, id: string, path: string): Promise<Readable> {
  const missing = (cause: unknown) =>
    new AppError("NOT_FOUND", {
      userMessage: `The run has no file or folder “${posix.basename(path)}”.`,
      message: `no ${path} in container ${id}`,
      cause,
    });
  const container = engine.docker.getContainer(id);
  const raw = await engine.call("take files out of a container", async (abortSignal) => {
    try {
      // To look costs the engine little beside an archive.
      if (isMarked(id, path, readStat(await container.infoArchive({ path, abortSignal })))) return null;
      return (await container.getArchive({ path, abortSignal })) as unknown as Readable;
    } catch (error) {
      throw statusOf(error) === 404 ? missing(error) : error;
    }
  });
  return raw === null ? joinTars([]) : stripFirstFolder(raw);
}
