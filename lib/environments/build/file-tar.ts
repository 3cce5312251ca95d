import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import tar from "tar-stream";
import { pour, tarStream } from "#lib/compute/archive.ts";

/** A tar stream of files of this machine: name in the archive → path. Modes are kept, so a program stays one. */
export function fileTar(files: Record<string, string>): Readable {
  const pack = tar.pack();
  const write = async () => {
    for (const [name, path] of Object.entries(files)) {
      const { size, mode } = await stat(path);
      const sink = pack.entry({ name, size, mode: mode & 0o777 });
      await pour(createReadStream(path), sink);
    }
    pack.finalize();
  };
  write().catch((error: Error) => pack.destroy(error));
  return tarStream(pack);
}
