import type { AssetSource } from "#db/schema/index.ts";
import { invalid } from "#lib/core/errors.ts";
import { storeBlob } from "#lib/files/commands.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { resolveInputs } from "#lib/runs/inputs/resolve-inputs.ts";
import type { Services } from "#lib/services/services.ts";

/** What a scoring pipeline loads once: data, or a registered model. */
export interface SavedThing {
  /** As the pipeline names it: `azureml:term-deposits-model:1`. */
  path: string;
  /** `custom_model`, `uri_file`, … */
  type: string;
}

export interface SavedFile {
  /** Below the folder of saved things: `<name>/model.pkl`. */
  path: string;
  sha256: string;
}

/** The files of everything that a scoring pipeline loads, each below the name of its input. */
export async function listSavedFiles(
  services: Services,
  workspaceId: string,
  saved: Record<string, SavedThing>,
): Promise<SavedFile[]> {
  const files: SavedFile[] = [];
  for (const [name, { path, type }] of Object.entries(saved)) {
    const input = { type, path, mode: "ro_mount" } as Parameters<typeof resolveInputs>[2][string];
    const [found] = await resolveInputs(services.db, workspaceId, { [name]: input }, new Set());
    if (!found?.source) throw invalid(`inputs.${name}`, "holds no files of this studio", path);
    files.push(...(await filesOf(services, workspaceId, name, found.source)));
  }
  return files;
}

async function filesOf(
  services: Services,
  workspaceId: string,
  name: string,
  source: AssetSource,
): Promise<SavedFile[]> {
  if (source.kind === "blob") return [{ path: `${name}/${source.fileName}`, sha256: source.sha256 }];
  const set = openFileSet(services, workspaceId, source);
  const files: SavedFile[] = [];
  for (const { path } of await set.list()) {
    const { sha256 } = await storeBlob(services, workspaceId, (await set.open(path)).body);
    files.push({ path: `${name}/${path}`, sha256 });
  }
  return files;
}
