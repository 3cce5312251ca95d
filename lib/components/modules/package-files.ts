import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

const root = new URL("../../../", import.meta.url).pathname;
const folders = ["python/atelier_modules", "modules"];
const left = /(^|\/)(__pycache__|\.pytest_cache|tests?)(\/|$)|\.pyc$/;

/** The package that runs modules, and the modules, by their path in the project. Read anew at each call. */
export async function readPackageFiles(): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = relative(root, join(entry.parentPath, entry.name));
      if (entry.isFile() && !left.test(path)) files[path] = await readFile(join(root, path));
    }
  }
  return files;
}
