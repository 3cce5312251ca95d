import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Readable } from "node:stream";
import { textTar } from "#lib/compute/archive.ts";

/** What a worker runs: the runtime package and the modules, as they lie in the studio's own folder. */
export interface WorkerPackage {
  /** Changes with any of the files: another package is another worker. */
  digest: string;
  open(): Readable;
}

const root = new URL("../../../", import.meta.url).pathname;
const folders = ["python/atelier_modules", "modules"];
const left = /(^|\/)(__pycache__|\.pytest_cache|tests?)(\/|$)|\.pyc$/;

/** Reads the files anew, so that a module that was changed takes effect with the next worker. */
export async function readWorkerPackage(): Promise<WorkerPackage> {
  const files: Record<string, Buffer> = {};
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = relative(root, join(entry.parentPath, entry.name));
      if (entry.isFile() && !left.test(path)) files[path] = await readFile(join(root, path));
    }
  }
  const hash = createHash("sha256");
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0`).update(files[path] ?? "");
  return { digest: hash.digest("hex"), open: () => textTar(files) };
}
