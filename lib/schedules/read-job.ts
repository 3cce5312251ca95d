import type { Queryable } from "#db/client.ts";
import { invalid } from "#lib/core/errors.ts";
import { findRun } from "#lib/runs/queries/get-run.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import { isMapping } from "#lib/spec/paths.ts";

type Mapping = Record<string, unknown>;

/** What `create_job` may change of the job, one level deep. */
const maps = ["inputs", "outputs", "settings", "tags", "properties"];

/**
 * The job that `create_job` means, with its changes made. `azureml:<run>` is the job of that run as it is now: the
 * schedule does not depend on the run.
 */
export async function readScheduledJob(
  db: Queryable,
  workspaceId: string,
  name: string,
  createJob: Mapping | string,
): Promise<Mapping> {
  const job = await readBase(db, workspaceId, createJob);
  const { name: _, ...rest } = job;
  return { ...rest, experiment_name: job.experiment_name ?? name };
}

async function readBase(db: Queryable, workspaceId: string, createJob: Mapping | string): Promise<Mapping> {
  if (typeof createJob === "string") return jobOfRun(db, workspaceId, createJob, "create_job");
  const { job, ...changes } = createJob;
  if (job === undefined) return createJob;
  const base = isMapping(job) ? job : await jobOfRun(db, workspaceId, String(job), "create_job.job");
  const merged: Mapping = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    if (key === "type") continue;
    const held = merged[key];
    merged[key] = maps.includes(key) && isMapping(held) && isMapping(value) ? { ...held, ...value } : value;
  }
  return merged;
}

async function jobOfRun(db: Queryable, workspaceId: string, text: string, path: string): Promise<Mapping> {
  const ref = parseRef(text);
  if (ref.kind !== "asset") {
    throw invalid(
      path,
      `“${text}” cannot be read from here. Name a run (azureml:<name>), or put the job in its place.`,
    );
  }
  const run = await findRun(db, workspaceId, ref.name);
  if (!run?.spec) throw invalid(path, `There is no job “${ref.name}” in this workspace.`, text);
  return run.spec;
}

/** The job of one time: its expressions filled in, and named after the schedule. */
export function jobAt(job: Mapping, runName: string, at: Date): Mapping {
  const text = JSON.stringify(job).replace(
    /\$\{\{\s*creation_context\.trigger_time\s*\}\}/g,
    at.toISOString(),
  );
  return { ...(JSON.parse(text) as Mapping), name: runName, display_name: job.display_name ?? runName };
}
