import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const packageFolder = fileURLToPath(new URL("../../python/atelier_modules", import.meta.url));
const modulesFolder = fileURLToPath(new URL("../../modules", import.meta.url));

/** The runtime's package and the given modules, as texts by path: what a model needs beside its own files. */
export async function readModuleFiles(modules: readonly string[]): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const path of await readdir(packageFolder, { recursive: true })) {
    if (path.endsWith(".py") && !path.startsWith("worker")) {
      texts[`atelier_modules/${path}`] = await readFile(join(packageFolder, path), "utf8");
    }
  }
  for (const group of await readdir(modulesFolder, { withFileTypes: true })) {
    if (!group.isDirectory()) continue;
    const names = await readdir(join(modulesFolder, group.name));
    for (const name of names.filter((item) => modules.includes(item))) {
      for (const file of ["module.yml", "run.py"]) {
        const path = `${group.name}/${name}/${file}`;
        texts[`modules/${path}`] = await readFile(join(modulesFolder, path), "utf8");
      }
    }
  }
  return texts;
}
