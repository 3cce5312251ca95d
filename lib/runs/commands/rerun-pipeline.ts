import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { experiments, runPorts, runTags } from "#db/schema/index.ts";
import { resolveTarget } from "#lib/computes/queries.ts";
import { newRunName } from "#lib/core/ids.ts";
import type { PipelinePlan } from "#lib/pipelines/model.ts";
import type { RunRow } from "../transition.ts";
import type { RerunChange } from "./rerun.ts";
import { insertPipeline } from "./submit-pipeline.ts";
import type { Submitter } from "./submit-run.ts";

/** Starts a pipeline again by its plan: the same versions of everything. Steps that have results are reused as ever. */
export async function rerunPipeline(
  tx: Queryable,
  run: RunRow,
  by: Submitter,
  change: RerunChange,
): Promise<RunRow> {
  // Checked when it was made.
  const made = run.plan as unknown as PipelinePlan;
  const target =
    change.compute === undefined ? null : (await resolveTarget(tx, run.workspaceId, change.compute)).target;
  const moved = target ? { compute: target.name, provider: target.provider } : {};
  const plan = {
    ...made,
    nodes: made.nodes.map((node) => ({ ...node, ...moved, runName: newRunName() })),
  };
  const ports = await tx
    .select()
    .from(runPorts)
    .where(and(eq(runPorts.runId, run.id), eq(runPorts.direction, "input")));
  const tags = await tx.select().from(runTags).where(eq(runTags.runId, run.id));
  const own = tags.filter(({ key }) => !key.startsWith("mlflow."));
  const [experiment] = await tx
    .select({ number: experiments.number, name: experiments.name })
    .from(experiments)
    .where(and(eq(experiments.workspaceId, run.workspaceId), eq(experiments.number, run.experimentNumber)));
  if (!experiment) throw new Error(`the experiment of ${run.name} is gone`);
  const name = newRunName();
  return insertPipeline(tx, {
    workspaceId: run.workspaceId,
    by,
    name,
    displayName: change.displayName ?? run.displayName,
    experiment,
    plan,
    spec: { ...run.spec, name },
    specText: run.specText,
    description: run.description,
    inputs: ports.map(({ runId: _, direction: __, ...port }) => port),
    tags: Object.fromEntries(own.map(({ key, value }) => [key, value])),
  });
}
