import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { previewSteps, previews } from "#db/schema/index.ts";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { findModuleRef } from "#lib/components/lookup.ts";
import { loadModules } from "#lib/components/modules/load-modules.ts";
import { resolveTarget } from "#lib/computes/queries.ts";
import { canonicalJson } from "#lib/core/canonical.ts";
import { invalid } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { sha256 } from "#lib/core/sha256.ts";
import { resolveEnvironmentField } from "#lib/environments/resolve.ts";
import { publish } from "#lib/live/outbox.ts";
import { enqueueTask } from "#lib/queue/commands.ts";
import { readPipeline } from "../commands.ts";
import { toEdited } from "../document/shape.ts";
import { createSnapshotCache, takeSnapshot } from "../document/snapshot.ts";
import type { GraphDocument } from "../document/types.ts";
import {
  type Preview,
  type PreviewError,
  type PreviewOrigin,
  type PreviewStatus,
  previewError,
  previewProgress,
  storedResult,
} from "../model.ts";
import { getDraftRow } from "../queries.ts";
import { previewData } from "./data-preview.ts";
import { findAllData } from "./find-data.ts";
import { PreviewFault, type PreviewPlan, planPreview } from "./plan-preview.ts";
import { defaultComputeOf, moduleEnvironmentName } from "./prewarm.ts";
import { countAhead } from "./progress.ts";
import { findRunOutputs, type RunOutput } from "./run-outputs.ts";
import { previewTask, type StoredPlan } from "./task.ts";

export interface PreviewQuestion {
  draft?: string | undefined;
  text?: string | undefined;
  node: string;
  port?: string | undefined;
  heavy: boolean;
  compute: boolean;
  /** A pipeline run whose outputs stand for steps that are not computed on a sample. */
  run?: string | undefined;
  from: "draft" | "run";
}

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
    return await services.db.transaction((tx) => answer(tx, workspace.id, plan, question, origin));
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

/** Failures that another try may mend; the others stay until something is changed. */
const passing = ["NO_WORKER", "TIMEOUT", "OUT_OF_MEMORY", "BUG"];
/** … by itself, unless somebody asks for it. */
const retryMs = 15_000;

async function answer(
  tx: Queryable,
  workspaceId: string,
  plan: StoredPlan,
  question: PreviewQuestion,
  origin: PreviewOrigin | null,
): Promise<Preview> {
  const key = keyOf(plan);
  const mine = and(eq(previews.workspaceId, workspaceId), eq(previews.key, key));
  const [row] = await tx.select().from(previews).where(mine).for("update");
  const base = { node: plan.node, port: plan.port, key, origin, heavyNodes: [] as string[] };
  const said = (status: PreviewStatus, more: Partial<Preview> = {}): Preview => ({
    ...base,
    status,
    result: null,
    error: null,
    progress: null,
    hasRows: false,
    ...more,
  });
  if (question.compute && question.draft !== undefined)
    await cancelEarlier(tx, workspaceId, question.draft, plan, key);
  if (row?.status === "ready") {
    await tx.update(previews).set({ usedAt: sql`now()` }).where(mine);
    // The rows stay as long as somebody looks at them.
    const stepKey = plan.steps.at(-1)?.key ?? "";
    await tx
      .update(previewSteps)
      .set({ usedAt: sql`now()` })
      .where(and(eq(previewSteps.workspaceId, workspaceId), eq(previewSteps.key, stepKey)));
    const { table, ...result } = storedResult.parse(row.result);
    return said("ready", { result, hasRows: Boolean(table) });
  }
  if (row?.status === "failed") {
    const error = { ...previewError.parse(row.error) };
    // The same step may have another name by now.
    const { stepKey } = row.error as { stepKey?: string };
    error.node = plan.steps.find((step) => step.key === stepKey)?.node ?? error.node;
    const rested = Date.now() - (row.finishedAt?.getTime() ?? 0) > retryMs;
    const again = question.compute && passing.includes(error.code) && (question.heavy || rested);
    if (!again) return said("failed", { error });
  }
  if (row?.status === "queued" || row?.status === "running") {
    const since = row.createdAt.getTime();
    const told =
      row.status === "running"
        ? { phase: "computing", ...(row.progress ?? {}) }
        : { phase: "queued", ahead: await countAhead(tx, workspaceId, key) };
    return said(row.status, { progress: previewProgress.parse({ ...told, since }) });
  }
  const missing = await findMissing(tx, workspaceId, plan);
  const heavyNodes = missing.filter(({ heavy }) => heavy).map(({ node }) => node);
  if (!question.compute || (heavyNodes.length > 0 && !question.heavy))
    return said("on_request", { heavyNodes });
  const values = {
    workspaceId,
    key,
    status: "queued" as const,
    draftId: question.draft ?? null,
    node: plan.node,
    port: plan.port,
    heavy: question.heavy,
    plan,
    result: null,
    error: null,
    progress: null,
    createdAt: new Date(),
    usedAt: new Date(),
    finishedAt: null,
  };
  await tx
    .insert(previews)
    .values(values)
    .onConflictDoUpdate({ target: [previews.workspaceId, previews.key], set: values });
  const payload = { workspaceId, key };
  await enqueueTask(tx, {
    kind: previewTask,
    // A key of its own: the row tells whether the work is still wanted, also while an earlier task of it ends.
    key: newId("prv"),
    payload,
    workspaceId,
    maxAttempts: 2,
  });
  const ahead = await countAhead(tx, workspaceId, key);
  return said("queued", {
    progress: previewProgress.parse({ phase: "queued", ahead, since: values.createdAt.getTime() }),
  });
}

function keyOf(plan: StoredPlan): string {
  if (plan.shown) return `run/${sha256(canonicalJson([plan.shown, plan.environment.digest]))}`;
  return `${plan.steps.at(-1)?.key ?? ""}/${plan.port}`;
}

/** Steps whose outputs are not kept from before, nor needed no more because what follows them is kept. */
async function findMissing(tx: Queryable, workspaceId: string, plan: PreviewPlan) {
  const keys = plan.steps.map(({ key }) => key);
  const rows = await tx
    .select({ key: previewSteps.key })
    .from(previewSteps)
    .where(and(eq(previewSteps.workspaceId, workspaceId), inArray(previewSteps.key, keys)));
  const kept = new Set(rows.map(({ key }) => key));
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  const missing = new Set<PreviewPlan["steps"][number]>();
  const visit = (key: string) => {
    const step = byKey.get(key);
    if (!step || kept.has(key) || missing.has(step)) return;
    missing.add(step);
    for (const source of Object.values(step.inputs)) if (source.kind === "step") visit(source.key);
  };
  visit(keys.at(-1) ?? "");
  return [...missing];
}

/** What the same draft asked of the same port before is not needed any more. */
async function cancelEarlier(
  tx: Queryable,
  workspaceId: string,
  draftId: string,
  { node, port }: PreviewPlan,
  key: string,
): Promise<void> {
  const gone = await tx
    .update(previews)
    .set({ status: "canceled", finishedAt: new Date(), plan: null })
    .where(
      and(
        eq(previews.workspaceId, workspaceId),
        eq(previews.draftId, draftId),
        eq(previews.node, node),
        eq(previews.port, port),
        ne(previews.key, key),
        inArray(previews.status, ["queued", "running"]),
      ),
    )
    .returning({ key: previews.key });
  for (const { key: name } of gone)
    await publish(tx, { workspaceId, kind: "preview", name, event: "canceled" });
}

/** Somebody does not want to wait for a preview any more; whoever asks again gets it computed anew. */
export async function cancelPreview(db: Queryable, workspaceId: string, key: string): Promise<void> {
  const gone = await db
    .update(previews)
    .set({ status: "canceled", finishedAt: new Date(), plan: null, progress: null })
    .where(
      and(
        eq(previews.workspaceId, workspaceId),
        eq(previews.key, key),
        inArray(previews.status, ["queued", "running"]),
      ),
    )
    .returning({ key: previews.key });
  if (gone.length > 0) await publish(db, { workspaceId, kind: "preview", name: key, event: "canceled" });
}
