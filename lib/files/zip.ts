import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { messageOf } from "#lib/core/errors.ts";
import type { FileSet } from "./file-set.ts";
import type { FileEntry } from "./model.ts";

/** Files that go into an archive, below a folder of it (empty: at its root). */
export interface ZipPart {
  folder: string;
  set: FileSet;
  files: readonly FileEntry[];
}

/** A zip as a stream: files are read one after another while it is sent, and nothing is held whole. */
export function zipFiles(parts: readonly ZipPart[]): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  for (const { folder, set, files } of parts) {
    for (const file of files) {
      const name = folder === "" ? file.path : `${folder}/${file.path}`;
      zip.addReadStreamLazy(name, { size: file.sizeBytes }, (give) => {
        set.open(file.path).then(
          ({ body }) => give(null, body),
          (error: unknown) =>
            give(error instanceof Error ? error : new Error(messageOf(error)), Readable.from([])),
        );
      });
    }
  }
  // A file that cannot be read ends the answer in the middle: the reader sees a broken archive, not a short one.
  zip.on("error", (error) => output.destroy(error));
  zip.end();
  return output;
}
