import { posix } from "node:path";
import { Readable } from "node:stream";
import tar, { type Header, type Pack } from "tar-stream";

type Writable = ReturnType<Pack["entry"]> | ReturnType<typeof tar.extract>;

import { invalid } from "#lib/core/errors.ts";

/** Tar streams on the way in and out of a program, the same for every provider. Streamed: nothing is held in memory. */

export interface Owner {
  uid: number;
  gid: number;
}

type Rename = (header: Header) => Header | null;

/** Puts the entries of a tar stream under a folder (relative, `/` between) and gives them an owner. */
export function moveTar(source: Readable, folder: string, owner: Owner): Readable {
  return mapTar(
    source,
    (header) => {
      const name = posix.join(folder, safeName(header.name));
      const linkname =
        header.type === "link" ? posix.join(folder, safeName(header.linkname)) : header.linkname;
      return { ...header, ...owner, uname: "", gname: "", name, linkname };
    },
    { below: posix.join(folder), ...owner },
  );
}

/** Takes the first folder of every name away: what an engine's archive of `/a/outputs` calls `outputs/x` becomes `x`. */
export function stripFirstFolder(source: Readable): Readable {
  return mapTar(source, (header) => {
    const name = header.name.replace(/^\.?\//, "");
    if (!name.includes("/")) return header.type === "directory" ? null : header;
    const rest = afterSlash(name);
    if (rest === "") return null;
    return {
      ...header,
      name: rest,
      linkname: header.type === "link" ? afterSlash(header.linkname) : header.linkname,
    };
  });
}

function afterSlash(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}

/** A tar stream of nothing but folders: a base and what lies below it, parents first. Folders elsewhere are left out. */
export function foldersTar(base: string, folders: string[], owner: Owner): Readable {
  const root = safeName(base);
  const names = new Set<string>([root]);
  for (const folder of folders.map(safeName)) {
    if (!folder.startsWith(`${root}/`)) continue;
    const parts = folder
      .slice(root.length + 1)
      .split("/")
      .filter(Boolean);
    for (let depth = 1; depth <= parts.length; depth++)
      names.add(`${root}/${parts.slice(0, depth).join("/")}`);
  }
  const pack = tar.pack();
  for (const name of names) pack.entry({ name: `${name}/`, type: "directory", mode: 0o755, ...owner });
  pack.finalize();
  return tarStream(pack);
}

/** Several tar streams as one; each is opened when the one before it has been read. `see` is told each name. */
export function joinTars(
  sources: (() => Readable | Promise<Readable>)[],
  see: (name: string) => void = () => {},
): Readable {
  const pack = tar.pack();
  const copy = async () => {
    for (const open of sources) {
      const source = await open();
      const extract = tar.extract();
      pour(source, extract).catch((error: Error) => extract.destroy(error));
      try {
        for await (const entry of extract) {
          see(entry.header.name);
          const sink = pack.entry({ ...entry.header, pax: null });
          if ((entry.header.size ?? 0) > 0) await pour(entry, sink);
          else sink.end(null);
        }
      } finally {
        source.destroy();
      }
    }
    pack.finalize();
  };
  copy().catch((error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))));
  return tarStream(pack);
}

/** A tar stream of a few small files, from their text. */
export function textTar(files: Record<string, string | Buffer>, mode = 0o644): Readable {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) pack.entry({ name, mode }, content);
  pack.finalize();
  return tarStream(pack);
}

/** The small files of a tar stream, as text. */
export async function readTexts(stream: Readable): Promise<Record<string, string>> {
  const extract = tar.extract();
  pour(stream, extract).catch((error: Error) => extract.destroy(error));
  const texts: Record<string, string> = {};
  for await (const entry of extract) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    texts[entry.header.name] = Buffer.concat(chunks).toString();
  }
  return texts;
}

/** A name that stays inside the folder it is unpacked in, without a leading `./` or `/`. Throws for one that leaves it. */
export function safeName(name: string): string {
  const clean = posix.normalize(name.replace(/^\/+/, ""));
  if (clean === ".." || clean.startsWith("../") || name.includes("\0")) {
    throw invalid("files", `the archive names “${name}”, which lies outside its folder`);
  }
  return clean === "." || clean === "./" ? "" : clean.replace(/^\.\//, "");
}

/** A Node stream of what a tar writer gives; destroying it destroys the writer. */
export function tarStream(pack: Pack): Readable {
  return Readable.from(pack, { objectMode: false });
}

function mapTar(source: Readable, rename: Rename, parents?: Owner & { below: string }): Readable {
  const made = new Set<string>();
  const extract = tar.extract();
  const pack = tar.pack();
  const copy = async () => {
    for await (const entry of extract) {
      const renamed = rename(entry.header);
      if (renamed === null || renamed.name === "" || renamed.name === "/") {
        entry.resume();
        continue;
      }
      if (parents !== undefined) {
        for (const name of missingParents(renamed.name, parents.below, made)) {
          pack.entry({ name, type: "directory", mode: 0o755, uid: parents.uid, gid: parents.gid }).end(null);
        }
      }
      // An extended header of the source would win over the new name; the writer makes its own where one is needed.
      const sink = pack.entry({ ...renamed, pax: null });
      // A void entry is complete with its header.
      if (renamed.size > 0) await pour(entry, sink);
      else sink.end(null);
    }
    pack.finalize();
  };
  const fail = (error: unknown) => {
    pack.destroy(error instanceof Error ? error : new Error(String(error)));
    extract.destroy();
    source.destroy();
  };
  pour(source, extract).catch(fail);
  copy().catch(fail);
  pack.on("close", () => source.destroy());
  return tarStream(pack);
}

/** Folders that an archive leaves implied; whoever unpacks it would give them to root. */
function missingParents(name: string, below: string, made: Set<string>): string[] {
  const parts = name.slice(below === "" ? 0 : below.length + 1).split("/");
  const missing: string[] = [];
  for (let depth = 1; depth < parts.length; depth++) {
    const parent = `${posix.join(below, ...parts.slice(0, depth))}/`;
    if (parent === name || made.has(parent)) continue;
    made.add(parent);
    missing.push(parent);
  }
  return missing;
}

/** Writes everything and waits until it was taken, at the pace of the reader. */
export async function pour(from: AsyncIterable<unknown>, to: Writable): Promise<void> {
  let wake = () => {};
  const closed = new Promise<void>((resolve, reject) => {
    to.on("error", reject);
    to.on("close", resolve);
  });
  closed.catch(() => {});
  to.on("drain", () => wake());
  to.on("close", () => wake());
  for await (const chunk of from) {
    if (to.destroyed) break;
    if (to.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  to.end(null);
  await closed;
}
