import { and, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { type AssetSource, runPorts, runs, trees } from "#db/schema/index.ts";
import { invalid } from "#lib/core/errors.ts";
import { createTree } from "#lib/files/commands.ts";
import { runArtifactsPrefix } from "#lib/files/keys.ts";
import type { JobOutputRef, RunRef } from "#lib/spec/ref.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";
import { isEnded } from "../state.ts";
import type { RunRow } from "../transition.ts";

/** The files that `azureml://jobs/…/outputs/…` or `runs:/…` names. Throws a 400 that names `field`. */
export async function resolveRunFiles(
  db: Queryable,
  workspaceId: string,
  ref: JobOutputRef | RunRef,
  field: string,
): Promise<AssetSource> {
  const name = ref.kind === "run" ? ref.runId : ref.job;
  const [run] = await db
    .select()
    .from(runs)
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.name, name), isNull(runs.deletedAt)));
  if (!run) throw invalid(field, `There is no run “${name}” in this workspace.`, ref.text);
  const path = ref.path.replace(/^\/+/, "");
  const output = ref.kind === "run" ? "artifacts" : ref.output;
  if (output === "artifacts" || output === "default") {
    return { kind: "prefix", prefix: runArtifactsPrefix(workspaceId, run.name) + path };
  }
  return outputFiles(db, run, output, path, { field, text: ref.text });
}

async function outputFiles(
  db: Queryable,
  run: RunRow,
  output: string,
  path: string,
  asked: { field: string; text: string },
): Promise<AssetSource> {
  const [port] = await db
    .select()
    .from(runPorts)
    .where(and(eq(runPorts.runId, run.id), eq(runPorts.direction, "output"), eq(runPorts.name, output)));
  if (!port) throw invalid(asked.field, `The run ${run.name} has no output “${output}”.`, asked.text);
  if (!port.source) {
    const why = isEnded(run.status as RunStatus) ? "wrote nothing to it" : "has not ended yet";
    throw invalid(asked.field, `The output “${output}” is empty: the run ${run.name} ${why}.`, asked.text);
  }
  return path === "" ? port.source : sourceBelow(db, run.workspaceId, port.source, path, asked);
}

/** The part of a tree that lies at a path: one file, or a folder as a tree of its own. */
async function sourceBelow(
  db: Queryable,
  workspaceId: string,
  source: AssetSource,
  path: string,
  asked: { field: string; text: string },
): Promise<AssetSource> {
  if (source.kind !== "tree") return source;
  const where = and(eq(trees.workspaceId, workspaceId), eq(trees.digest, source.digest));
  const [tree] = await db.select().from(trees).where(where);
  const folder = path.replace(/\/*$/, "/");
  const file = tree?.files.find((entry) => entry.path === path);
  if (file) {
    const fileName = path.slice(path.lastIndexOf("/") + 1);
    return { kind: "blob", sha256: file.sha256, fileName, sizeBytes: file.sizeBytes };
  }
  const below = (tree?.files ?? []).filter((entry) => entry.path.startsWith(folder));
  if (below.length === 0) throw invalid(asked.field, `There is nothing at “${path}” in it.`, asked.text);
  const files = below.map((entry) => ({ path: entry.path.slice(folder.length), sha256: entry.sha256 }));
  return { kind: "tree", digest: (await createTree(db, workspaceId, files)).digest };
}
