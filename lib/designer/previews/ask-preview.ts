import type { WorkspaceContext } from "#lib/api/context.ts";
import { findModuleRef } from "#lib/components/lookup.ts";
import { loadModules } from "#lib/components/modules/load-modules.ts";
import { invalid } from "#lib/core/errors.ts";
import { readPipeline } from "../commands.ts";
import { reach } from "../document/reach.ts";
import { toEdited } from "../document/shape.ts";
import { createSnapshotCache, takeSnapshot } from "../document/snapshot.ts";
import type { GraphDocument } from "../document/types.ts";
import type { Preview, PreviewError } from "../model.ts";
import { getDraftRow } from "../queries.ts";
import { answerPreview, type PreviewQuestion } from "./answer-preview.ts";
import { askOwn } from "./ask-own.ts";
import { previewData } from "./data-preview.ts";
import { planDraft, planRun } from "./plan-draft.ts";
import { PreviewFault } from "./plan-preview.ts";
import { findRunOutputs, type RunOutput } from "./run-outputs.ts";

/** Answers what an output port holds: at once when it is known, else it is on its way and an event tells when. */
export async function askPreview(context: WorkspaceContext, question: PreviewQuestion): Promise<Preview> {
  const { services, workspace } = context;
  const { text, graph } = await readDraft(context, question);
  if (question.node.startsWith("inputs.")) {
    const node = graph.dataNodes.find(({ id }) => id === question.node);
    if (!node) return failed(question, noNode(question.node));
    return previewData(services, workspace.id, node);
  }
  const outputs = question.run
    ? await findRunOutputs(services.db, workspace.id, question.run)
    : new Map<string, RunOutput>();
  try {
    const { db } = services;
    if (question.from === "draft" && (await hasOwn(graph, question.node)))
      return await askOwn(db, workspace.id, { text, graph }, question, outputs);
    const { plan, origin } =
      question.from === "run"
        ? await planRun(db, workspace.id, graph, question, outputs)
        : await planDraft(db, workspace.id, graph, question, outputs);
    return await db.transaction((tx) => answerPreview(tx, workspace.id, plan, question, origin));
  } catch (error) {
    if (error instanceof PreviewFault) return failed(question, error.fault);
    throw error;
  }
}

/** Whether the node, or one before it, is no module: it has a container of its own, or holds a pipeline. */
async function hasOwn(graph: GraphDocument, node: string): Promise<boolean> {
  const modules = await loadModules();
  const concerned = new Set([...reach(graph.edges, node, "before"), node]);
  return graph.nodes.some(
    ({ name, ref }) => concerned.has(name) && (ref === null || !modules.has(findModuleRef(ref)?.name ?? "")),
  );
}

async function readDraft(
  context: WorkspaceContext,
  { draft, text }: PreviewQuestion,
): Promise<{ text: string; graph: GraphDocument }> {
  const row =
    draft === undefined ? null : await getDraftRow(context.services.db, context.workspace.id, draft);
  const source = text ?? row?.text;
  if (source === undefined) throw invalid("text", "Give the text of a pipeline, or a draft.");
  const graph = takeSnapshot(toEdited(readPipeline(source)), null, createSnapshotCache());
  return { text: source, graph };
}

function noNode(node: string): PreviewError {
  return new PreviewFault({ code: "NO_NODE", message: "This is not there any more.", node }).fault;
}

function failed({ node, port }: PreviewQuestion, error: PreviewError): Preview {
  const none = { progress: null, origin: null, hasRows: false };
  return { node, port: port ?? "", key: "", status: "failed", result: null, error, heavyNodes: [], ...none };
}
