import { inArray } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { assetVersions } from "#db/schema/index.ts";
import { loadModules } from "#lib/components/modules/load-modules.ts";
import { isAppError } from "#lib/core/errors.ts";
import { datasetDetails } from "#lib/datasets/model.ts";
import type { Fault, PipelinePlan } from "#lib/pipelines/model.ts";
import { resolvePipeline } from "#lib/pipelines/submit/resolve-plan.ts";
import { loadJob } from "#lib/runs/load-job.ts";
import { pruneTo } from "../document/prune-to.ts";
import { reach } from "../document/reach.ts";
import type { GraphDocument, JsonMap } from "../document/types.ts";
import { mapOf } from "../document/values.ts";
import { planOwnSteps } from "./plan-own-steps.ts";
import { PreviewFault, type PreviewPlan } from "./plan-preview.ts";
import { moduleEnvironmentName } from "./prewarm.ts";
import type { StoredPlan } from "./task.ts";

/** The step that stands after the asked one, only to be told what feeds it. It executes nothing. */
const askerName = "asks_for_a_preview";

/**
 * Plans a preview as the run “to here” would be planned, for steps that have containers of their own or hold a pipeline.
 * Throws `PreviewFault` that names the step at which such a run would be refused.
 */
export async function planSample(
  db: Queryable,
  workspaceId: string,
  { text, graph }: { text: string; graph: GraphDocument },
  { node, port }: { node: string; port?: string | undefined },
  place: Pick<StoredPlan, "environment">,
): Promise<PreviewPlan> {
  const asked = graph.nodes.find(({ name }) => name === node);
  if (!asked) throw new PreviewFault({ code: "NO_NODE", message: "This step is not there any more.", node });
  if (asked.raw.disabled === true)
    throw new PreviewFault({ code: "DISABLED", message: "This step is switched off.", node });
  const spec = pruneTo(text, new Set([...reach(graph.edges, node, "before"), node]), null);
  const output = port ?? (await firstOutput(db, workspaceId, spec, node));
  const plan = await resolve(db, workspaceId, withAsker(spec, node, output), node);
  const asker = plan.nodes.find(({ name }) => name === askerName);
  const fed = asker?.inputs.asked?.source;
  if (fed?.kind !== "output") throw noPort(node);
  const [modules, rows] = await Promise.all([loadModules(), countRows(db, plan)]);
  const planned = planOwnSteps(
    {
      plan,
      rows,
      isHeavy: (module) => modules.get(module)?.definition.cost === "heavy",
      environment: place.environment,
    },
    fed,
  );
  // What is kept and told of is the port that was asked for, not the one inside of a component.
  return { ...planned, node, port: output, innerPort: planned.port, taken: [] };
}

const noPort = (node: string) =>
  new PreviewFault({ code: "NO_PORT", message: "This step has no such output.", node });

async function firstOutput(db: Queryable, workspaceId: string, spec: JsonMap, node: string): Promise<string> {
  const { graph } = await orFault(node, async () => resolvePipeline(db, workspaceId, load(spec)));
  const first = graph.nodes.find(({ name }) => name === node)?.component?.outputs[0];
  if (!first) throw noPort(node);
  return first.name;
}

function withAsker(spec: JsonMap, node: string, port: string): JsonMap {
  const asker: JsonMap = {
    type: "command",
    command: `true \${{inputs.asked}}`,
    environment: moduleEnvironmentName,
    inputs: { asked: `\${{parent.jobs.${node}.outputs.${port}}}` },
  };
  return { ...spec, jobs: { ...mapOf(spec.jobs), [askerName]: asker } };
}

function load(spec: JsonMap) {
  const loaded = loadJob({ spec });
  if (loaded.spec.type !== "pipeline") throw new Error(`a draft is a pipeline, not ${loaded.spec.type}`);
  return { ...loaded, spec: loaded.spec };
}

/** What would refuse the run, as the fault of a step. */
async function orFault<T>(node: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error) || error.status >= 500) throw error;
    const [issue] = error.issues;
    const place = /^jobs\.([^.]+)/.exec(issue?.path ?? "")?.[1];
    throw new PreviewFault({
      code: "NOT_READY",
      message: issue?.message ?? error.userMessage,
      node: place === undefined || place === askerName ? node : place,
    });
  }
}

async function resolve(
  db: Queryable,
  workspaceId: string,
  spec: JsonMap,
  node: string,
): Promise<PipelinePlan> {
  const { plan, faults } = await orFault(node, async () => resolvePipeline(db, workspaceId, load(spec)));
  if (plan) return plan;
  const errors = faults.filter(({ severity }) => severity === "error");
  // A fault of the asker only repeats that the asked step is not right.
  const fault = errors.find((one) => one.node !== askerName) ?? errors[0];
  throw fault && fault.node !== askerName ? toFault(fault, node) : noPort(node);
}

function toFault(fault: Fault, asked: string): PreviewFault {
  const node = fault.node?.split(".")[0] ?? asked;
  return new PreviewFault({
    code: "NOT_READY",
    message: fault.message,
    node,
    parameter: fault.parameter ?? fault.port ?? null,
  });
}

/** Of the datasets that the plan names; null for one that was not read as a table. */
async function countRows(db: Queryable, plan: PipelinePlan): Promise<Map<string, number | null>> {
  const ids = plan.nodes.flatMap(({ inputs }) =>
    Object.values(inputs).flatMap(({ source }) =>
      source.kind === "asset" && source.assetVersionId !== null ? [source.assetVersionId] : [],
    ),
  );
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: assetVersions.id, details: assetVersions.details })
    .from(assetVersions)
    .where(inArray(assetVersions.id, [...new Set(ids)]));
  return new Map(
    rows.map(({ id, details }) => [id, datasetDetails.safeParse(details).data?.table?.rowCount ?? null]),
  );
}
