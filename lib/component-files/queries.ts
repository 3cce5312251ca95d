import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Queryable } from "#db/client.ts";
import { findAsset, getAssetVersion } from "#lib/assets/queries.ts";
import { loadModules } from "#lib/components/modules/load-modules.ts";
import { notFound } from "#lib/core/errors.ts";
import { type FileSet, openFileSet } from "#lib/files/file-set.ts";
import type { Services } from "#lib/services/services.ts";

const moduleFiles = ["run.py", "module.yml"] as const;

/** A module's folder is part of the studio's own. */
function openModule(category: string, name: string): FileSet {
  const folder = join(process.cwd(), "modules", category, name);
  return {
    list: () =>
      Promise.all(
        moduleFiles.map(async (path) => ({ path, sizeBytes: (await stat(join(folder, path))).size })),
      ),
    async open(path, range) {
      const known = moduleFiles.find((each) => each === path);
      if (!known) throw notFound(`File “${path}”`);
      const file = join(folder, known);
      return { body: createReadStream(file, range ?? {}), sizeBytes: (await stat(file)).size };
    },
  };
}

async function isOwn(db: Queryable, workspaceId: string, name: string): Promise<boolean> {
  return (await findAsset(db, workspaceId, "component", name)) !== null;
}

/** The code of a version; `@latest` and other labels too. A module is found by its name where the workspace has none of it. */
export async function openComponentFiles(
  services: Services,
  workspaceId: string,
  name: string,
  version: string,
): Promise<FileSet> {
  if (!(await isOwn(services.db, workspaceId, name))) {
    const module = (await loadModules()).get(name);
    if (module) return openModule(module.definition.category, name);
  }
  const selector = version.startsWith("@") ? { label: version.slice(1) } : { version };
  const found = await getAssetVersion(services.db, workspaceId, "component", name, selector);
  return openFileSet(services, workspaceId, found.version.source);
}
