import { createReadStream } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import tar, { type Pack } from "tar-stream";
import { tarStream } from "#lib/compute/archive.ts";
import { notFound } from "#lib/core/errors.ts";

/** A tar stream of a folder's entries, or of one file. Links are given as links, never followed. */
export async function packPath(path: string): Promise<Readable> {
  const found = await lstat(path).catch(() => null);
  if (found === null) throw notFound(`“${basename(path)}” of the run`);
  const pack = tar.pack();
  const write = found.isDirectory() ? packFolder(pack, path, "") : packEntry(pack, path, basename(path));
  write.then(
    () => pack.finalize(),
    (error: Error) => pack.destroy(error),
  );
  return tarStream(pack);
}

async function packFolder(pack: Pack, folder: string, prefix: string): Promise<void> {
  for (const name of (await readdir(folder)).sort()) await packEntry(pack, join(folder, name), prefix + name);
}

async function packEntry(pack: Pack, path: string, name: string): Promise<void> {
  // What the program removed since the listing is left out.
  const stat = await lstat(path).catch(() => null);
  if (stat === null) return;
  const header = { name, mode: stat.mode & 0o7777, mtime: stat.mtime, uid: stat.uid, gid: stat.gid };
  if (stat.isDirectory()) {
    await entry(pack, { ...header, name: `${name}/`, type: "directory" });
    await packFolder(pack, path, `${name}/`);
  } else if (stat.isSymbolicLink()) {
    await entry(pack, { ...header, type: "symlink", linkname: await readlink(path) });
  } else if (stat.isFile()) {
    await entry(pack, { ...header, type: "file", size: stat.size }, path);
  }
}

type EntryHeader = Parameters<Pack["entry"]>[0];

function entry(pack: Pack, header: EntryHeader, path?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sink = pack.entry(header, (error) => (error ? reject(error) : resolve()));
    pack.once("close", () => reject(new Error("the reader left")));
    if (path === undefined || header.size === 0) {
      sink.end(null);
      return;
    }
    // A file that grows meanwhile is given as long as it was when its header was written.
    const body = createReadStream(path, { end: (header.size ?? 0) - 1 });
    body.on("error", (error) => sink.destroy(error));
    body.on("data", (chunk) => {
      if (!sink.write(chunk)) body.pause();
    });
    sink.on("drain", () => body.resume());
    sink.on("close", () => body.destroy());
    body.on("end", () => sink.end(null));
  });
}
