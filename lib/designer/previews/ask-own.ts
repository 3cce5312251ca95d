import type { Database } from "#db/client.ts";
import type { GraphDocument } from "../document/types.ts";
import type { Preview, PreviewOrigin } from "../model.ts";
import { answerPreview, findHeavy, type PreviewQuestion } from "./answer-preview.ts";
import { findPlace, planDraft } from "./plan-draft.ts";
import { PreviewFault } from "./plan-preview.ts";
import { planSample } from "./plan-sample.ts";
import type { RunOutput } from "./run-outputs.ts";
import type { StoredPlan } from "./task.ts";

/**
 * A port with steps before it that are no modules: on a sample where that is known or asked for, else what the last run
 * gave, with the steps that would have to be asked for. Throws `PreviewFault` where there is neither.
 */
export async function askOwn(
  db: Database,
  workspaceId: string,
  draft: { text: string; graph: GraphDocument },
  question: PreviewQuestion,
  outputs: ReadonlyMap<string, RunOutput>,
): Promise<Preview> {
  const answer = (plan: StoredPlan, origin: PreviewOrigin | null) =>
    db.transaction((tx) => answerPreview(tx, workspaceId, plan, question, origin));
  const place = await findPlace(db, workspaceId, draft.graph);
  const sample = await orFault(() => planSample(db, workspaceId, draft, question, place));
  if (sample instanceof PreviewFault && question.heavy) throw sample;
  const plan = sample instanceof PreviewFault ? null : { ...sample, ...place };
  const heavyNodes = plan ? await findHeavy(db, workspaceId, plan) : [];
  if (plan && (heavyNodes.length === 0 || question.heavy)) return answer(plan, null);
  const ran = await orFault(() => planDraft(db, workspaceId, draft.graph, question, outputs));
  if (!(ran instanceof PreviewFault) && ran.origin)
    return { ...(await answer(ran.plan, ran.origin)), heavyNodes };
  if (sample instanceof PreviewFault) throw sample;
  return answer({ ...sample, ...place }, null);
}

async function orFault<T>(work: () => Promise<T>): Promise<T | PreviewFault> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PreviewFault) return error;
    throw error;
  }
}
