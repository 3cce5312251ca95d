import { and, eq, inArray } from "drizzle-orm";
import { previews } from "#db/schema/index.ts";
import { isAppError, messageOf } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import type { TaskHandler } from "#lib/queue/loop.ts";
import type { Services } from "#lib/services/services.ts";
import type { PreviewError, PreviewStatus, StoredResult } from "../model.ts";
import { computeSteps, StepFailed } from "./compute-steps.ts";
import type { PreviewFailure, UsePreviewWorker } from "./port.ts";
import { reportProgress } from "./progress.ts";
import { showPort, showSource } from "./show-port.ts";
import type { StoredPlan } from "./task.ts";
import { trimPreviews } from "./trim-previews.ts";

/** How often it is looked whether anybody still wants to know. */
const lookMs = 300;
const trimEveryMs = 10 * 60_000;

interface Asked {
  workspaceId: string;
  key: string;
}

const rowOf = ({ workspaceId, key }: Asked) =>
  and(eq(previews.workspaceId, workspaceId), eq(previews.key, key));

/** Executes the steps before a port on a sample, and describes what comes out of it. */
export function createPreviewHandler(withWorker: UsePreviewWorker): TaskHandler {
  let trimmedAt = 0;
  return {
    async run(services, task, signal) {
      const asked = task.payload as unknown as Asked;
      const [row] = await services.db
        .update(previews)
        .set({ status: "running" })
        .where(and(rowOf(asked), inArray(previews.status, ["queued", "running"])))
        .returning({ plan: previews.plan, node: previews.node });
      if (!row?.plan) return;
      await compute(services, asked, row.plan as StoredPlan, withWorker, signal);
      if (Date.now() - trimmedAt < trimEveryMs) return;
      trimmedAt = Date.now();
      await trimPreviews(services);
    },
    async giveUp(services, task, error) {
      const asked = task.payload as unknown as Asked;
      const [row] = await services.db.select({ node: previews.node }).from(previews).where(rowOf(asked));
      const message = isAppError(error) ? error.userMessage : messageOf(error);
      const hint = "Try again; if it stays, look at the compute target of this draft.";
      const place = { node: row?.node ?? "", parameter: null, column: null, row: null };
      await finish(services, asked, { error: { code: "NO_WORKER", message, hint, ...place } });
    },
  };
}

async function compute(
  services: Services,
  asked: Asked,
  plan: StoredPlan,
  withWorker: UsePreviewWorker,
  stop: AbortSignal,
): Promise<void> {
  const canceled = new AbortController();
  const signal = AbortSignal.any([stop, canceled.signal]);
  const look = setInterval(() => {
    services.db
      .select({ status: previews.status })
      .from(previews)
      .where(rowOf(asked))
      .then(
        ([row]) => row?.status === "canceled" && canceled.abort(new Error("nobody wants to know any more")),
      )
      .catch(() => {});
  }, lookMs);
  const progress = reportProgress(services, asked);
  try {
    const { workspaceId } = asked;
    const place = { workspaceId, environment: plan.environment, provider: plan.provider };
    const result = await withWorker(place, signal, async (worker) => {
      progress.tell({ phase: "computing", node: plan.node });
      if (plan.shown) return showSource(services, workspaceId, plan.shown, worker, signal);
      const outcome = await computeSteps(services, asked, plan.steps, worker, signal, progress);
      const digest = outcome.outputs[plan.innerPort ?? plan.port];
      if (digest === undefined) throw new Error(`no output ${plan.port}`);
      // A step without inputs brings its own rows, which are seldom many.
      const sampled = plan.steps.some((step) => step.sampled && Object.keys(step.inputs).length > 0);
      const shown = { portType: plan.portType, sampled };
      return showPort(services, workspaceId, shown, digest, outcome, worker, signal);
    });
    await finish(services, asked, { result });
  } catch (error) {
    if (canceled.signal.aborted) return;
    if (!(error instanceof StepFailed) || stop.aborted) throw error;
    const { step, failure } = error;
    await finish(services, asked, { error: toError(failure, step.node), stepKey: step.key });
  } finally {
    clearInterval(look);
    progress.stop();
  }
}

function toError(failure: PreviewFailure, node: string): PreviewError {
  const { code, message, hint = null, parameter = null, column = null } = failure;
  const row = Number(failure.row ?? Number.NaN);
  return { code, message, hint, node, parameter, column, row: Number.isNaN(row) ? null : row };
}

type End = { result: StoredResult } | { error: PreviewError; stepKey?: string };

/** Writes the answer, unless the question was taken back meanwhile. */
async function finish(services: Services, asked: Asked, end: End): Promise<void> {
  const status: PreviewStatus = "result" in end ? "ready" : "failed";
  const result = "result" in end ? end.result : null;
  const error = "error" in end ? { ...end.error, stepKey: end.stepKey } : null;
  await services.db.transaction(async (tx) => {
    const rows = await tx
      .update(previews)
      .set({
        status,
        result,
        error,
        plan: null,
        progress: null,
        resultBytes: JSON.stringify(result ?? error).length,
        finishedAt: new Date(),
      })
      .where(and(rowOf(asked), inArray(previews.status, ["queued", "running"])))
      .returning({ node: previews.node, port: previews.port });
    const [row] = rows;
    if (!row) return;
    await publish(tx, {
      workspaceId: asked.workspaceId,
      kind: "preview",
      name: asked.key,
      event: status,
      data: row,
    });
  });
}
