import type { Queryable } from "#db/client.ts";
import { runEvents, runPorts, runs, runTags } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { isValueType } from "#lib/components/model.ts";
import { AppError, type Issue } from "#lib/core/errors.ts";
import { newId, newRunName } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import type { Fault, PipelinePlan, PlanNode } from "#lib/pipelines/model.ts";
import { resolvePipeline } from "#lib/pipelines/submit/resolve-plan.ts";
import { specMapping } from "#lib/spec/dump.ts";
import type { PipelineJobSpec } from "#lib/spec/kinds/pipeline-job.ts";
import { invalidSpec } from "#lib/spec/validate.ts";
import { defaultExperimentName, getOrCreateExperiment } from "#lib/tracking/experiments.ts";
import { literalInput } from "../inputs/port-values.ts";
import type { LoadedJob } from "../load-job.ts";
import { type RunRow, wakeRunner } from "../transition.ts";
import { stepJob } from "./step-job.ts";
import type { Submitter } from "./submit-run.ts";

type RunValues = typeof runs.$inferInsert;
type PortValues = typeof runPorts.$inferInsert;

/** A statement takes 65,535 values at most. */
const rowsPerInsert = 1000;

/**
 * Starts a pipeline: its run and one run for each step, all in the caller's transaction, or nothing and a
 * `VALIDATION_FAILED` with every fault. The runner takes up the steps.
 */
export async function submitPipeline(
  tx: Queryable,
  workspaceId: string,
  by: Submitter,
  loaded: LoadedJob<PipelineJobSpec>,
): Promise<RunRow> {
  const { spec, specText } = loaded;
  const { plan, inputs, faults } = await resolvePipeline(tx, workspaceId, loaded);
  if (!plan) {
    throw invalidSpec(faults.filter(({ severity }) => severity === "error").map(issueOfFault));
  }
  const experiment = await getOrCreateExperiment(
    tx,
    workspaceId,
    spec.experiment_name ?? defaultExperimentName,
  );
  const name = spec.name ?? newRunName();
  const tags = Object.entries(spec.tags ?? {}).map(([key, value]): [string, string] => [key, value ?? ""]);
  return insertPipeline(tx, {
    workspaceId,
    by,
    name,
    displayName: spec.display_name ?? name,
    experiment,
    plan,
    spec: specMapping("job", { ...spec, name, experiment_name: experiment.name }),
    specText,
    description: spec.description ?? "",
    inputs,
    tags: Object.fromEntries(tags),
  });
}

export interface NewPipeline {
  workspaceId: string;
  by: Submitter;
  name: string;
  displayName: string;
  experiment: { number: number; name: string };
  plan: PipelinePlan;
  spec: Record<string, unknown>;
  specText: string | null;
  description: string;
  /** Of the pipeline itself. */
  inputs: Omit<PortValues, "runId" | "direction">[];
  tags: Record<string, string>;
}

/** Writes a pipeline that waits for the runner, and wakes it. A name that is taken is a `CONFLICT`. Call it in a transaction. */
export async function insertPipeline(tx: Queryable, given: NewPipeline): Promise<RunRow> {
  const { workspaceId, by, name, displayName, experiment, plan, spec, specText, description } = given;
  const id = newId("run");
  const common = {
    workspaceId,
    experimentNumber: experiment.number,
    rootRunId: id,
    status: "NotStarted",
    origin: "studio" as const,
    userName: by.name,
    createdBy: by.userId,
  };
  const run = await insertParent(tx, {
    ...common,
    id,
    name,
    displayName,
    type: "pipeline",
    compute: computeOf(plan),
    plan: { ...plan },
    spec,
    specText,
    description,
  });
  const outputs = Object.entries(plan.graph.outputs).map(([output, { type, mode }]) =>
    outputPort(id, name, output, type, mode ?? "rw_mount"),
  );
  await insertSteps(tx, plan, common, id, experiment.name, [
    ...given.inputs.map((input): PortValues => ({ ...input, runId: id, direction: "input" })),
    ...outputs,
  ]);
  const tags = Object.entries(given.tags).map(([key, value]) => ({ runId: id, key, value }));
  if (tags.length > 0) await tx.insert(runTags).values(tags);
  const data = { displayName: run.displayName };
  await recordActivity(tx, { workspaceId, userId: by.userId, verb: "started", kind: "run", name, data });
  await publish(tx, { workspaceId, kind: "run", name, event: "created" });
  await wakeRunner(tx);
  return run;
}

/** A fault as the errors of a job have it. */
export function issueOfFault({ path, message, location }: Fault): Issue {
  return { path, message, ...(location === undefined ? {} : { location }) };
}

async function insertParent(tx: Queryable, values: RunValues): Promise<RunRow> {
  const [run] = await tx.insert(runs).values(values).onConflictDoNothing().returning();
  if (run) return run;
  throw new AppError("CONFLICT", {
    userMessage: `There is a run “${values.name}” already. Leave the name out to get a new one.`,
    issues: [{ path: "name", message: "is taken", value: values.name }],
  });
}

async function insertSteps(
  tx: Queryable,
  plan: PipelinePlan,
  common: Omit<RunValues, "id" | "name" | "displayName" | "type">,
  parentId: string,
  experimentName: string,
  ports: PortValues[],
): Promise<void> {
  const steps: RunValues[] = [];
  const names = new Map(plan.nodes.map((node) => [node.name, node.runName]));
  for (const node of plan.nodes) {
    const id = newId("run");
    steps.push({
      ...common,
      id,
      parentRunId: parentId,
      name: node.runName,
      displayName: node.displayName,
      type: "command",
      nodeName: node.name,
      compute: node.compute,
      environment: node.environment,
      environmentVersionId: node.environmentVersionId,
      snapshotDigest: node.command?.codeDigest ?? null,
      spec: stepJob(node, names, experimentName),
    });
    ports.push(...portsOf(id, node, names));
  }
  const events = [parentId, ...steps.map(({ id }) => id)].map((runId) => ({ runId, event: "NotStarted" }));
  for (const part of parts(steps)) await tx.insert(runs).values(part);
  for (const part of parts(ports)) await tx.insert(runPorts).values(part);
  for (const part of parts(events)) await tx.insert(runEvents).values(part);
}

function portsOf(runId: string, node: PlanNode, names: ReadonlyMap<string, string>): PortValues[] {
  const parameters = Object.entries(node.parameters).map(([name, value]): PortValues => {
    const text = typeof value === "boolean" ? (value ? "True" : "False") : String(value);
    return { ...literalInput(name, text), runId, direction: "input" };
  });
  const inputs = Object.entries(node.inputs).map(([name, { type, mode, source }]): PortValues => {
    const port = {
      runId,
      direction: "input" as const,
      name,
      type: isValueType(type) ? "literal" : type,
      mode,
    };
    if (source.kind === "output") {
      const from = names.get(source.node) ?? "";
      return { ...port, uri: `azureml://jobs/${from}/outputs/${source.port}/paths/` };
    }
    return { ...port, uri: source.uri, source: source.source, assetVersionId: source.assetVersionId };
  });
  const outputs = Object.entries(node.outputs).map(([name, { type, mode }]) =>
    outputPort(runId, node.runName, name, type, mode),
  );
  return [...parameters, ...inputs, ...outputs];
}

function outputPort(runId: string, runName: string, name: string, type: string, mode: string): PortValues {
  const uri = `azureml://jobs/${runName}/outputs/${name}/paths/`;
  return { runId, direction: "output", name, type, mode, uri };
}

/** The compute that all steps share, if they do. */
function computeOf(plan: PipelinePlan): string | null {
  const names = new Set(plan.nodes.map(({ compute }) => compute));
  return names.size === 1 ? ([...names][0] ?? null) : null;
}

function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += rowsPerInsert)
    yield rows.slice(start, start + rowsPerInsert);
}
