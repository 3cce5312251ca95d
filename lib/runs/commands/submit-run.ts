import { and, eq } from "drizzle-orm";
import type { Database, Queryable } from "#db/client.ts";
import { trees } from "#db/schema/index.ts";
import { resolveTarget } from "#lib/computes/queries.ts";
import { type Issue, invalid } from "#lib/core/errors.ts";
import { newRunName } from "#lib/core/ids.ts";
import { resolveEnvironmentField } from "#lib/environments/resolve.ts";
import { resolvePipeline } from "#lib/pipelines/submit/resolve-plan.ts";
import { specMapping } from "#lib/spec/dump.ts";
import type { CommandJobSpec } from "#lib/spec/kinds/command-job.ts";
import type { JobSpec } from "#lib/spec/kinds/job.ts";
import type { PipelineJobSpec } from "#lib/spec/kinds/pipeline-job.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import { invalidSpec } from "#lib/spec/validate.ts";
import { defaultExperimentName, getOrCreateExperiment } from "#lib/tracking/experiments.ts";
import type { ResolvedInput } from "../inputs/port-values.ts";
import { resolveInputs } from "../inputs/resolve-inputs.ts";
import { type LoadedJob, loadJob } from "../load-job.ts";
import type { NewRun } from "../model.ts";
import type { RunRow } from "../transition.ts";
import { findCodeDigest } from "../uploads.ts";
import { insertRun, type NewRunRows } from "./insert-run.ts";
import { issueOfFault, submitPipeline } from "./submit-pipeline.ts";

export interface Submitter {
  userId: string;
  name: string;
}

/** A job with everything that it names found. */
export interface ResolvedJob {
  loaded: LoadedJob;
  inputs: ResolvedInput[];
  rows: Pick<NewRunRows["run"], "snapshotDigest" | "environment" | "environmentVersionId" | "compute">;
  provider: string;
  warnings: Issue[];
}

/**
 * Checks a job and finds what it names, as `submit` does, and answers what is worth a word. Throws `VALIDATION_FAILED`
 * that names the fields at fault.
 */
export async function checkJob(db: Queryable, workspaceId: string, given: NewRun): Promise<Issue[]> {
  const loaded = loadJob(given);
  if (isPipelineJob(loaded)) {
    const { faults } = await resolvePipeline(db, workspaceId, loaded);
    const issues = (severity: "error" | "warning") =>
      faults.filter((fault) => fault.severity === severity).map(issueOfFault);
    const errors = issues("error");
    if (errors.length > 0) throw invalidSpec(errors);
    return [...loaded.warnings, ...issues("warning")];
  }
  return (await resolveCommand(db, workspaceId, loaded as LoadedJob)).warnings;
}

function isPipelineJob(loaded: LoadedJob<JobSpec>): loaded is LoadedJob<PipelineJobSpec> {
  return loaded.spec.type === "pipeline";
}

async function resolveCommand(db: Queryable, workspaceId: string, loaded: LoadedJob): Promise<ResolvedJob> {
  const { spec } = loaded;
  const snapshotDigest = await resolveCode(db, workspaceId, spec);
  const inputs = await resolveInputs(db, workspaceId, spec.inputs, loaded.typedInputs);
  const { versionId, ...environment } = await resolveEnvironmentField(db, workspaceId, spec.environment);
  const { target, warnings } = await resolveTarget(db, workspaceId, spec.compute);
  if (target.provider === "local" && environment.definition.kind === "image") {
    throw invalid(
      "compute",
      `“${target.name}” runs no images, and the environment is the image ${environment.name}. Choose a compute with containers, or an environment of packages.`,
    );
  }
  return {
    loaded,
    inputs,
    rows: { snapshotDigest, environment, environmentVersionId: versionId, compute: target.name },
    provider: target.provider,
    warnings: [...loaded.warnings, ...warnings],
  };
}

/** Starts a run: everything it names is fixed now, the runner does the rest. */
export async function submitRun(
  db: Database,
  workspaceId: string,
  by: Submitter,
  given: NewRun,
): Promise<RunRow> {
  return db.transaction((tx) => submitInTransaction(tx, workspaceId, by, given));
}

/** The same as a part of more work, such as moving the time of a schedule. */
export async function submitInTransaction(
  tx: Queryable,
  workspaceId: string,
  by: Submitter,
  given: NewRun,
): Promise<RunRow> {
  const job = loadJob(given);
  if (isPipelineJob(job)) return submitPipeline(tx, workspaceId, by, job);
  const { loaded, inputs, rows, provider } = await resolveCommand(tx, workspaceId, job as LoadedJob);
  const { spec, specText } = loaded;
  const experiment = await getOrCreateExperiment(
    tx,
    workspaceId,
    spec.experiment_name ?? defaultExperimentName,
  );
  const name = spec.name ?? newRunName();
  return insertRun(tx, {
    run: {
      ...rows,
      workspaceId,
      name,
      displayName: spec.display_name ?? name,
      experimentNumber: experiment.number,
      type: spec.type,
      spec: { ...specMapping("job", { ...spec, name, experiment_name: experiment.name }) },
      specText,
      description: spec.description ?? "",
      userName: by.name,
      createdBy: by.userId,
    },
    provider,
    ports: [
      ...inputs.map((input) => ({ ...input, direction: "input" as const })),
      ...Object.entries(spec.outputs).map(([output, { type, mode }]) => ({
        direction: "output" as const,
        name: output,
        type,
        mode,
        uri: `azureml://jobs/${name}/outputs/${output}/paths/`,
      })),
    ],
    tags: Object.fromEntries(Object.entries(spec.tags ?? {}).map(([key, value]) => [key, value ?? ""])),
  });
}

async function resolveCode(db: Queryable, workspaceId: string, spec: CommandJobSpec): Promise<string | null> {
  if (spec.code === undefined) return null;
  const digest = findCodeDigest(parseRef(spec.code));
  if (!digest) throw invalid("code", `“${spec.code}” names no uploaded folder.`, spec.code);
  const known = await db.$count(trees, and(eq(trees.workspaceId, workspaceId), eq(trees.digest, digest)));
  if (known === 0) throw invalid("code", "The folder is not uploaded to this workspace.", digest);
  return digest;
}
