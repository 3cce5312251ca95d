import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { readPackageFiles } from "#lib/components/modules/package-files.ts";
import { textTar } from "#lib/compute/archive.ts";

/** What a worker runs: the runtime package and the modules, as they lie in the studio's own folder. */
export interface WorkerPackage {
  /** Changes with any of the files: another package is another worker. */
  digest: string;
  open(): Readable;
}

/** Reads the files anew, so that a module that was changed takes effect with the next worker. */
export async function readWorkerPackage(): Promise<WorkerPackage> {
  const files = await readPackageFiles();
  const hash = createHash("sha256");
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0`).update(files[path] ?? "");
  return { digest: hash.digest("hex"), open: () => textTar(files) };
}
