import { createWriteStream } from "node:fs";
import { link, mkdir, realpath, rm, symlink } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import tar, { type Header } from "tar-stream";
import { safeName } from "#lib/compute/archive.ts";
import type { FileTree } from "#lib/compute/port.ts";
import { invalid } from "#lib/core/errors.ts";

/** Unpacks a tree on this machine. Nothing is written through a link that leads out of the folder. */
export async function unpackTree(tree: FileTree, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const root = await realpath(folder);
  const extract = tar.extract();
  const source = await tree.open();
  const feed = pipeline(source, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      if (!extract.write(chunk)) await new Promise<void>((go) => extract.once("drain", () => go()));
    }
    extract.end(null);
  });
  feed.catch((error: Error) => extract.destroy(error));
  try {
    for await (const entry of extract) {
      await unpackEntry(root, entry.header, entry);
      entry.resume();
    }
  } finally {
    source.destroy();
  }
  await feed;
}

async function unpackEntry(root: string, header: Header, body: AsyncIterable<unknown>): Promise<void> {
  const target = join(root, safeName(header.name));
  if (target === root) return;
  if (header.type === "directory") {
    await mkdir(target, { recursive: true });
    await insideOf(root, target);
    return;
  }
  await mkdir(dirname(target), { recursive: true });
  await insideOf(root, dirname(target));
  // A link that stands there would be written through.
  await rm(target, { force: true, recursive: true });
  if (header.type === "file" || header.type === "contiguous-file") {
    await pipeline(body, createWriteStream(target, { mode: header.mode & 0o777 }));
  } else if (header.type === "symlink") {
    const leadsTo = resolve(dirname(target), header.linkname);
    if (!leadsTo.startsWith(root + sep))
      throw invalid("files", `the link “${header.name}” leads out of its folder`);
    await symlink(header.linkname, target);
  } else if (header.type === "link") {
    await link(join(root, safeName(header.linkname)), target);
  }
}

async function insideOf(root: string, path: string): Promise<void> {
  const real = await realpath(path);
  if (real !== root && !real.startsWith(root + sep))
    throw invalid("files", `“${path}” leads out of its folder`);
}
