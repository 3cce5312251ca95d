import { and, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { previewSteps, previews } from "#db/schema/index.ts";
import { canonicalJson } from "#lib/core/canonical.ts";
import { newId } from "#lib/core/ids.ts";
import { sha256 } from "#lib/core/sha256.ts";
import { enqueueTask } from "#lib/queue/commands.ts";
import {
  type Preview,
  type PreviewOrigin,
  type PreviewStatus,
  previewError,
  previewProgress,
  storedResult,
} from "../model.ts";
import { cancelEarlier } from "./cancel-previews.ts";
import type { PreviewPlan } from "./plan-preview.ts";
import { countAhead } from "./progress.ts";
import { heavyPreviewTask, previewTask, type StoredPlan } from "./task.ts";

export interface PreviewQuestion {
  draft?: string | undefined;
  text?: string | undefined;
  node: string;
  port?: string | undefined;
  heavy: boolean;
  /** Somebody wants another try at what failed. */
  again: boolean;
  compute: boolean;
  /** A pipeline run whose outputs stand for steps that are not computed on a sample. */
  run?: string | undefined;
  from: "draft" | "run";
}

/** Failures that another try may mend; the others stay until something is changed. */
const passing = ["NO_WORKER", "TIMEOUT", "OUT_OF_MEMORY", "BUG"];
/** … by itself. */
const retryMs = 15_000;

/** Tells what is known of the planned preview, or sees to it that it gets computed. */
export async function answerPreview(
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
    const mayPass = passing.includes(error.code) && rested;
    if (!question.compute || !(question.again || mayPass)) return said("failed", { error });
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
  const heavyNodes = heavyOf(missing);
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
    kind: heavyNodes.length > 0 ? heavyPreviewTask : previewTask,
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
  return `${plan.steps.at(-1)?.key ?? ""}/${plan.innerPort ?? plan.port}`;
}

/**
 * Whether a plan can be answered without anybody asking for what is heavy: it is there, under way, failed before, or
 * everything heavy of it is kept. Else the nodes that would have to be asked for.
 */
export async function findHeavy(tx: Queryable, workspaceId: string, plan: StoredPlan): Promise<string[]> {
  const [row] = await tx
    .select({ status: previews.status })
    .from(previews)
    .where(and(eq(previews.workspaceId, workspaceId), eq(previews.key, keyOf(plan))));
  if (row && row.status !== "canceled") return [];
  return heavyOf(await findMissing(tx, workspaceId, plan));
}

const heavyOf = (steps: PreviewPlan["steps"]) => [
  ...new Set(steps.filter(({ heavy }) => heavy).map(({ node }) => node)),
];

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
