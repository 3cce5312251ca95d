import { and, eq } from "drizzle-orm";
import { type AssetSource, runPorts } from "#db/schema/index.ts";
import { notFound } from "#lib/core/errors.ts";
import type { FileServices } from "#lib/files/commands.ts";
import { type FileSet, openFileSet } from "#lib/files/file-set.ts";
import { runArtifactsPrefix } from "#lib/files/keys.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";
import { isEnded } from "./state.ts";
import type { RunRow } from "./transition.ts";

/** What the runner saves at the end of a run, shown when the run has ended: until then it may be incomplete. */
const savedAtEnd = /^(outputs|logs)\//;

/** The files of a run by the name of their set: `artifacts`, `code`, `outputs.<name>`, `inputs.<name>`. */
export async function openRunFiles(services: FileServices, run: RunRow, of: string): Promise<FileSet> {
  const { workspaceId } = run;
  if (of === "artifacts") return openArtifacts(services, run);
  if (of === "code") {
    const { snapshotDigest: digest } = run;
    return openFileSet(services, workspaceId, digest ? { kind: "tree", digest } : { kind: "none" });
  }
  const [section = "", ...rest] = of.split(".");
  const direction = section === "inputs" ? "input" : "output";
  const source = await findPortSource(services, run, direction, rest.join("."));
  return openFileSet(services, workspaceId, source);
}

function openArtifacts(services: FileServices, run: RunRow): FileSet {
  const prefix = runArtifactsPrefix(run.workspaceId, run.name);
  const all = openFileSet(services, run.workspaceId, { kind: "prefix", prefix });
  if (run.origin === "mlflow" || isEnded(run.status as RunStatus)) return all;
  return {
    list: async () => (await all.list()).filter((file) => !savedAtEnd.test(file.path)),
    open: (path, range) =>
      savedAtEnd.test(path) ? Promise.reject(notFound(`File “${path}”`)) : all.open(path, range),
  };
}

async function findPortSource(
  services: FileServices,
  run: RunRow,
  direction: "input" | "output",
  name: string,
): Promise<AssetSource> {
  const [port] = await services.db
    .select()
    .from(runPorts)
    .where(and(eq(runPorts.runId, run.id), eq(runPorts.direction, direction), eq(runPorts.name, name)));
  if (!port) throw notFound(`${direction === "input" ? "Input" : "Output"} “${name}”`);
  return port.source ?? { kind: "none" };
}
