import type { Queryable } from "#db/client.ts";
import { findModuleRef } from "#lib/components/lookup.ts";
import { loadModules } from "#lib/components/modules/load-modules.ts";
import { resolveTarget } from "#lib/computes/queries.ts";
import { resolveEnvironmentField } from "#lib/environments/resolve.ts";
import type { GraphDocument } from "../document/types.ts";
import type { PreviewOrigin } from "../model.ts";
import type { PreviewQuestion } from "./answer-preview.ts";
import { findAllData } from "./find-data.ts";
import { PreviewFault, planPreview } from "./plan-preview.ts";
import { defaultComputeOf, moduleEnvironmentName } from "./prewarm.ts";
import type { RunOutput } from "./run-outputs.ts";
import type { StoredPlan } from "./task.ts";

export interface Planned {
  plan: StoredPlan;
  origin: PreviewOrigin | null;
}

/** Where the modules of a draft are computed, and in what. */
export async function findPlace(db: Queryable, workspaceId: string, graph: GraphDocument) {
  const [environment, place] = await Promise.all([
    resolveEnvironmentField(db, workspaceId, moduleEnvironmentName),
    resolveTarget(db, workspaceId, defaultComputeOf(graph.settings)),
  ]);
  const { versionId: _, ...made } = environment;
  return { environment: made, provider: place.target.provider };
}

/** On a sample as far as modules go; what has a container of its own is taken from the run. */
export async function planDraft(
  db: Queryable,
  workspaceId: string,
  graph: GraphDocument,
  question: PreviewQuestion,
  outputs: ReadonlyMap<string, RunOutput>,
): Promise<Planned> {
  const { node, port, run = "" } = question;
  const [modules, data, place] = await Promise.all([
    loadModules(),
    findAllData(db, workspaceId, graph),
    findPlace(db, workspaceId, graph),
  ]);
  const findModule = (ref: string) => modules.get(findModuleRef(ref)?.name ?? "")?.definition ?? null;
  const asked = graph.nodes.find(({ name }) => name === node);
  // A step with a container of its own is not computed on a sample: what it gave when it ran is shown.
  const isOwn = asked !== undefined && (asked.ref === null || findModule(asked.ref) === null);
  if (isOwn && outputs.has(`${node}/${port}`)) return planRun(db, workspaceId, graph, question, outputs);
  const plan = planPreview(
    {
      graph,
      findModule,
      findData: (path) => data.get(path) ?? { problem: `${path} is not there.` },
      findOutput: (from, output) => outputs.get(`${from}/${output}`) ?? null,
      environment: place.environment,
    },
    node,
    port,
  );
  const origin = plan.taken.length > 0 ? { nodes: plan.taken, run, stepRun: null, endedAt: null } : null;
  return { plan: { ...plan, ...place }, origin };
}

/** What a run gave at the port. */
export async function planRun(
  db: Queryable,
  workspaceId: string,
  graph: GraphDocument,
  { node, port, run }: PreviewQuestion,
  outputs: ReadonlyMap<string, RunOutput>,
): Promise<Planned> {
  const output = outputs.get(`${node}/${port}`);
  if (!output || !port || !run)
    throw new PreviewFault({
      code: "NOT_RUN",
      message: "The last run gave nothing at this port.",
      hint: "Run the pipeline up to this step.",
      node,
    });
  const { source, stepRun, endedAt, fact } = output;
  if (source.kind === "uri" || source.kind === "none")
    throw new PreviewFault({
      code: "OUTSIDE",
      message: "What this step gave lies outside of the studio.",
      node,
    });
  const place = await findPlace(db, workspaceId, graph);
  const shown = { source, name: port, fact };
  const plan = { node, port, portType: "", taken: [node], steps: [], shown, ...place };
  return { plan, origin: { nodes: [node], run, stepRun, endedAt } };
}
