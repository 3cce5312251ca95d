import { and, desc, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { type AssetSource, loggedModels, runModels, runPorts, runs } from "#db/schema/index.ts";
import type { FileServices } from "#lib/files/commands.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { loggedModelPrefix, runArtifactsPrefix } from "#lib/files/keys.ts";

interface RunRow {
  id: string;
  name: string;
  workspaceId: string;
}

/** The model that MLflow 3 logged in a run under a name; it lies beside the run's own artifacts. The newest, if several. */
export async function findLoggedModel(db: Queryable, run: RunRow, name: string): Promise<AssetSource | null> {
  const [row] = await db
    .select({ id: loggedModels.id })
    .from(runModels)
    .innerJoin(loggedModels, eq(loggedModels.id, runModels.modelId))
    .where(
      and(
        eq(runModels.runId, run.id),
        eq(runModels.direction, "output"),
        eq(loggedModels.name, name),
        isNull(loggedModels.deletedAt),
      ),
    )
    .orderBy(desc(loggedModels.createdAt))
    .limit(1);
  return row ? { kind: "prefix", prefix: loggedModelPrefix(run.workspaceId, row.id) } : null;
}

export interface ModelCandidate {
  /** What `register` takes. */
  path: string;
  label: string;
}

/**
 * The models in what a run wrote: logged ones first, then folders with an MLmodel file among artifacts and named outputs, and
 * outputs in which a module of the designer left a trained model or a fitted transform.
 */
export async function listRunModels(services: FileServices, run: RunRow): Promise<ModelCandidate[]> {
  const logged = await services.db
    .selectDistinct({ name: loggedModels.name })
    .from(runModels)
    .innerJoin(loggedModels, eq(loggedModels.id, runModels.modelId))
    .where(
      and(eq(runModels.runId, run.id), eq(runModels.direction, "output"), isNull(loggedModels.deletedAt)),
    );
  const found: ModelCandidate[] = logged.map(({ name }) => ({
    path: `runs:/${run.name}/${name}`,
    label: name,
  }));
  const artifacts = openFileSet(services, run.workspaceId, {
    kind: "prefix",
    prefix: runArtifactsPrefix(run.workspaceId, run.name),
  });
  for (const folder of await modelFolders(artifacts)) {
    const path = `azureml://jobs/${run.name}/outputs/artifacts/paths/${folder}`;
    found.push({ path, label: folder.replace(/\/$/, "") || "artifacts" });
  }
  const outputs = await services.db
    .select()
    .from(runPorts)
    .where(and(eq(runPorts.runId, run.id), eq(runPorts.direction, "output")));
  for (const output of outputs) {
    if (!output.source || output.source.kind === "uri") continue;
    const files = openFileSet(services, run.workspaceId, output.source);
    for (const folder of await modelFolders(files, moduleMarks)) {
      const path = `azureml://jobs/${run.name}/outputs/${output.name}/paths/${folder}`;
      found.push({ path, label: `${output.name}${folder ? `/${folder.replace(/\/$/, "")}` : ""}` });
    }
  }
  return found;
}

/** What a module writes beside a pickle, at the top of its output. */
const moduleMarks = ["model.json", "transform.json"] as const;

async function modelFolders(
  files: ReturnType<typeof openFileSet>,
  marks: readonly string[] = [],
): Promise<string[]> {
  const paths = (await files.list()).map((file) => file.path);
  const folders = paths
    .filter((path) => path === "MLmodel" || path.endsWith("/MLmodel"))
    .map((path) => path.slice(0, -"MLmodel".length));
  const isModule = marks.some(
    (mark) => paths.includes(mark) && paths.includes(mark.replace(".json", ".pkl")),
  );
  return isModule && !folders.includes("") ? ["", ...folders] : folders;
}

export async function findRunRow(db: Queryable, workspaceId: string, name: string): Promise<RunRow | null> {
  const [row] = await db
    .select({ id: runs.id, name: runs.name, workspaceId: runs.workspaceId })
    .from(runs)
    .where(and(eq(runs.workspaceId, workspaceId), eq(runs.name, name), isNull(runs.deletedAt)));
  return row ?? null;
}
