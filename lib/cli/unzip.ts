import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import yauzl, { type Entry, type ZipFile } from "yauzl";

const openZip = promisify<string, { lazyEntries: true }, ZipFile>(yauzl.open as never);

async function writeEntry(zip: ZipFile, entry: Entry, folder: string): Promise<void> {
  const target = resolve(folder, entry.fileName);
  if (!target.startsWith(folder.endsWith(sep) ? folder : folder + sep))
    throw new Error(`The archive holds a path outside of it: ${entry.fileName}`);
  if (entry.fileName.endsWith("/")) {
    await mkdir(target, { recursive: true });
    return;
  }
  await mkdir(dirname(target), { recursive: true });
  const open = promisify(
    zip.openReadStream.bind(zip) as (
      e: Entry,
      done: (error: Error | null, stream: NodeJS.ReadableStream) => void,
    ) => void,
  );
  await pipeline(await open(entry), createWriteStream(target));
}

/** Unpacks an archive into a folder that is there. Nothing is written outside of the folder. */
export async function unzipTo(file: string, target: string): Promise<void> {
  const folder = resolve(target);
  const zip = await openZip(file, { lazyEntries: true });
  try {
    await new Promise<void>((done, fail) => {
      zip.on("entry", (entry: Entry) => writeEntry(zip, entry, folder).then(() => zip.readEntry(), fail));
      zip.on("end", done);
      zip.on("error", fail);
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
}
