import { readPackageFiles } from "#lib/components/modules/package-files.ts";

const runtime = /^python\/(atelier_modules\/(?!worker).*\.py)$/;
const moduleFile = /^modules\/[^/]+\/([^/]+)\/(?:module\.yml|run\.py)$/;

/** The runtime's package and the given modules, as texts by path: what a model needs beside its own files. */
export async function readModuleFiles(modules: readonly string[]): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [path, content] of Object.entries(await readPackageFiles())) {
    const place =
      runtime.exec(path)?.[1] ?? (modules.includes(moduleFile.exec(path)?.[1] ?? "") ? path : null);
    if (place !== null) texts[place] = content.toString("utf8");
  }
  return texts;
}
