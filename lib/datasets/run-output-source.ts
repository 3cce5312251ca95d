import { and, eq, isNull } from "drizzle-orm";
import { type AssetSource, runs } from "#db/schema/index.ts";
import { invalid } from "#lib/core/errors.ts";
import { createTree, storeBlob } from "#lib/files/commands.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { resolveRunFiles } from "#lib/runs/inputs/run-files.ts";
import type { Services } from "#lib/services/services.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";

export interface RunOutputSource {
  source: Extract<AssetSource, { kind: "blob" | "tree" }>;
  sizeBytes: number;
  /** `runs.id` of the run that wrote it. */
  runId: string;
}

/** What a run wrote, by content. Files that it wrote by path could be written again, so they are kept as they are now. */
export async function findRunOutput(
  services: Services,
  workspaceId: string,
  path: string,
): Promise<RunOutputSource> {
  const ref = parseRef(path);
  if (ref.kind !== "run" && ref.kind !== "job_output") {
    throw invalid(
      "source.path",
      `“${path}” names no output of a run. Give azureml://jobs/<run>/outputs/<name>/paths/<path> or runs:/<run>/<path>.`,
      path,
    );
  }
  const found = await resolveRunFiles(services.db, workspaceId, ref, "source.path");
  const [run] = await services.db
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.workspaceId, workspaceId),
        eq(runs.name, ref.kind === "run" ? ref.runId : ref.job),
        isNull(runs.deletedAt),
      ),
    );
  if (!run) throw invalid("source.path", `There is no run for “${path}”.`, path);
  if (found.kind === "blob") return { source: found, sizeBytes: found.sizeBytes, runId: run.id };
  if (found.kind === "prefix")
    return { ...(await keepFiles(services, workspaceId, found.prefix, path)), runId: run.id };
  if (found.kind !== "tree") throw invalid("source.path", "its files are not in the studio.", path);
  const files = await openFileSet(services, workspaceId, found).list();
  if (files.length === 0) throw invalid("source.path", "there are no files at this path.", path);
  return { source: found, sizeBytes: sumOf(files), runId: run.id };
}

function sumOf(files: readonly { sizeBytes: number }[]): number {
  return files.reduce((sum, file) => sum + file.sizeBytes, 0);
}

/** The files of a folder, or the one file, that a run wrote by path: stored by content. */
async function keepFiles(
  services: Services,
  workspaceId: string,
  prefix: string,
  path: string,
): Promise<Omit<RunOutputSource, "runId">> {
  const folder = prefix.replace(/\/*$/, "/");
  const set = openFileSet(services, workspaceId, { kind: "prefix", prefix: folder });
  const files = await set.list();
  if (files.length === 0) {
    const key = folder.slice(0, -1);
    if (!(await services.store.head(key))) {
      throw invalid("source.path", "there are no files at this path.", path);
    }
    const { sha256, sizeBytes } = await storeBlob(
      services,
      workspaceId,
      (await services.store.get(key)).body,
    );
    const fileName = key.slice(key.lastIndexOf("/") + 1);
    return { source: { kind: "blob", sha256, fileName, sizeBytes }, sizeBytes };
  }
  const kept: { path: string; sha256: string }[] = [];
  for (const file of files) {
    const { body } = await set.open(file.path);
    kept.push({ path: file.path, sha256: (await storeBlob(services, workspaceId, body)).sha256 });
  }
  const { digest } = await createTree(services.db, workspaceId, kept);
  return { source: { kind: "tree", digest }, sizeBytes: sumOf(files) };
}
