import { posix } from "node:path";
import type { Readable } from "node:stream";
import { foldersTar, joinTars, moveTar, stripFirstFolder } from "#lib/compute/archive.ts";
import type { FileTree } from "#lib/compute/port.ts";
import { AppError } from "#lib/core/errors.ts";
import { type EngineClient, statusOf } from "./client.ts";

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

/** Makes folders and unpacks trees at absolute folders, in one call: each call costs the engine a mount. */
export async function putAll(
  engine: EngineClient,
  id: string,
  base: string,
  put: { folders: string[]; trees: FileTree[] },
  uid: number,
): Promise<void> {
  const owner = { uid, gid: uid };
  await putTar(engine, id, "/", () =>
    joinTars([
      () => foldersTar(base, put.folders, owner),
      ...put.trees.map((tree) => async () => moveTar(await tree.open(), tree.path.slice(1), owner)),
    ]),
  );
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
  const raw = await engine.call("take files out of a container", async (abortSignal) => {
    try {
      return (await engine.docker.getContainer(id).getArchive({ path, abortSignal })) as unknown as Readable;
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      throw new AppError("NOT_FOUND", {
        userMessage: `The run has no file or folder “${posix.basename(path)}”.`,
        message: `no ${path} in container ${id}`,
        cause: error,
      });
    }
  });
  return stripFirstFolder(raw);
}
