import type { Queryable } from "#db/client.ts";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { findModuleRef } from "#lib/components/lookup.ts";
import { loadModules } from "#lib/components/modules/load-modules.ts";
import { resolveTarget } from "#lib/computes/queries.ts";
import { invalid } from "#lib/core/errors.ts";
import { resolveEnvironmentField } from "#lib/environments/resolve.ts";
import { readPipeline } from "../commands.ts";
import { toEdited } from "../document/shape.ts";
import { createSnapshotCache, takeSnapshot } from "../document/snapshot.ts";
import type { GraphDocument } from "../document/types.ts";
import type { Preview, PreviewError, PreviewOrigin } from "../model.ts";
import { getDraftRow } from "../queries.ts";
import { answerPreview, type PreviewQuestion } from "./answer-preview.ts";
import { previewData } from "./data-preview.ts";
import { findAllData } from "./find-data.ts";
import { PreviewFault, planPreview } from "./plan-preview.ts";
import { defaultComputeOf, moduleEnvironmentName } from "./prewarm.ts";
import { findRunOutputs, type RunOutput } from "./run-outputs.ts";
import type { StoredPlan } from "./task.ts";

/** Answers what an output port holds: at once when it is known, else it is on its way and an event tells when. */
export async function askPreview(context: WorkspaceContext, question: PreviewQuestion): Promise<Preview> {
  const { services, workspace } = context;
  const graph = await readGraph(context, question);
  if (question.node.startsWith("inputs.")) {
    const node = graph.dataNodes.find(({ id }) => id === question.node);
    if (!node) return failed(question, noNode(question.node));
    return previewData(services, workspace.id, node);
  }
  const outputs = question.run
    ? await findRunOutputs(services.db, workspace.id, question.run)
    : new Map<string, RunOutput>();
  try {
    const { plan, origin } =
      question.from === "run"
        ? await showRun(services.db, workspace.id, graph, question, outputs)
        : await makePlan(services.db, workspace.id, graph, question, outputs);
    return await services.db.transaction((tx) => answerPreview(tx, workspace.id, plan, question, origin));
  } catch (error) {
    if (error instanceof PreviewFault) return failed(question, error.fault);
    throw error;
  }
}

interface Planned {
  plan: StoredPlan;
  origin: PreviewOrigin | null;
}

async function readGraph(
  context: WorkspaceContext,
  { draft, text }: PreviewQuestion,
): Promise<GraphDocument> {
  const row =
    draft === undefined ? null : await getDraftRow(context.services.db, context.workspace.id, draft);
  const source = text ?? row?.text;
  if (source === undefined) throw invalid("text", "Give the text of a pipeline, or a draft.");
  return takeSnapshot(toEdited(readPipeline(source)), null, createSnapshotCache());
}

async function findPlace(db: Queryable, workspaceId: string, graph: GraphDocument) {
  const [environment, place] = await Promise.all([
    resolveEnvironmentField(db, workspaceId, moduleEnvironmentName),
    resolveTarget(db, workspaceId, defaultComputeOf(graph.settings)),
  ]);
  const { versionId: _, ...made } = environment;
  return { environment: made, provider: place.target.provider };
}

async function makePlan(
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
  if (isOwn && outputs.has(`${node}/${port}`)) return showRun(db, workspaceId, graph, question, outputs);
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
async function showRun(
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

function noNode(node: string): PreviewError {
  return new PreviewFault({ code: "NO_NODE", message: "This is not there any more.", node }).fault;
}

function failed({ node, port }: PreviewQuestion, error: PreviewError): Preview {
  const none = { progress: null, origin: null, hasRows: false };
  return { node, port: port ?? "", key: "", status: "failed", result: null, error, heavyNodes: [], ...none };
}
