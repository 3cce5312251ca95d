import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Database, Queryable } from "#db/client.ts";
import { attempts, runEvents, runs } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import type { PipelinePlan, PlanNode } from "#lib/pipelines/model.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";
import { isEnded } from "../state.ts";
import { type RunRow, wakeRunner } from "../transition.ts";
import { insertAttempt } from "./insert-run.ts";

interface Step {
  id: string;
  name: string;
  nodeName: string | null;
  status: string;
  stepKey: string | null;
  attempts: number;
}

/**
 * Runs steps of a pipeline again, in the same pipeline run, and what comes after them. Without names: all that failed or
 * were left out. A step that is named is executed, one that comes after it may be reused. `CONFLICT` while one of them
 * is under way.
 */
export async function retrySteps(
  db: Database,
  run: RunRow,
  by: { userId: string; name: string },
  names?: readonly string[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const [parent] = await tx.select().from(runs).where(eq(runs.id, run.id)).for("update");
    const plan = parent?.plan as unknown as PipelinePlan | null | undefined;
    if (!parent || !plan)
      throw new AppError("CONFLICT", { userMessage: "Only a pipeline has steps to retry." });
    const steps = new Map((await readSteps(tx, parent.id)).map((step) => [step.nodeName, step]));
    const chosen = names ?? failedOf(plan, steps);
    for (const name of chosen) {
      if (!steps.has(name)) throw invalid("steps", `The pipeline has no step “${name}”.`, name);
    }
    const again = withFollowers(plan, chosen);
    const found = [...again].flatMap((name) => steps.get(name) ?? []);
    const busy = found.find(
      ({ status, attempts: tries, name }) =>
        !isEnded(status as RunStatus) && (tries > 0 || chosen.includes(name)),
    );
    if (busy) {
      throw new AppError("CONFLICT", {
        userMessage: `The step “${busy.nodeName}” has not ended. Cancel the pipeline, or wait for it.`,
      });
    }
    if (found.length === 0) {
      throw new AppError("CONFLICT", { userMessage: "No step of this pipeline has failed." });
    }
    await reset(tx, found, `Retried by ${by.name}`);
    for (const name of names ?? []) {
      const [node, step] = [plan.nodes.find((item) => item.name === name), steps.get(name)];
      if (!node || !step || !mayStart(node, again, steps)) continue;
      // Its inputs are written already: it goes straight to the runner, past any reuse.
      const { provider, priority } = node;
      await insertAttempt(
        tx,
        { id: step.id, workspaceId: parent.workspaceId },
        { number: step.attempts + 1, provider, priority },
      );
      await tx.update(runs).set({ stepKey: step.stepKey }).where(eq(runs.id, step.id));
    }
    await reopen(tx, parent, by);
  });
}

async function readSteps(tx: Queryable, parentId: string): Promise<Step[]> {
  return tx
    .select({
      id: runs.id,
      name: runs.name,
      nodeName: runs.nodeName,
      status: runs.status,
      stepKey: runs.stepKey,
      attempts: sql<number>`coalesce((select max(number) from ${attempts} where ${attempts.runId} = ${runs}.id), 0)::int`,
    })
    .from(runs)
    .where(and(eq(runs.parentRunId, parentId), isNotNull(runs.nodeName)));
}

function failedOf(plan: PipelinePlan, steps: ReadonlyMap<string | null, Step>): string[] {
  return plan.nodes
    .map(({ name }) => name)
    .filter((name) => ["Failed", "Canceled"].includes(steps.get(name)?.status ?? ""));
}

/** The steps and all that need them, directly or through others. */
function withFollowers(plan: PipelinePlan, names: readonly string[]): Set<string> {
  const all = new Set(names);
  for (const { name, needs } of plan.nodes) if (needs.some((need) => all.has(need))) all.add(name);
  return all;
}

function mayStart(
  node: PlanNode,
  again: ReadonlySet<string>,
  steps: ReadonlyMap<string | null, Step>,
): boolean {
  const ready = node.needs.every((need) => !again.has(need) && steps.get(need)?.status === "Completed");
  const step = steps.get(node.name);
  return ready && step !== undefined && (step.attempts > 0 || step.stepKey !== null);
}

/** Back to before they ran; the tries that were stay with their logs. */
async function reset(tx: Queryable, steps: readonly Step[], reason: string): Promise<void> {
  const ids = sql`${sql.param(steps.map(({ id }) => id))}::text[]`;
  await tx.execute(sql`
    update runs set status = 'NotStarted', started_at = null, ended_at = null, error = null, exit_code = null,
      reused_run_id = null, step_key = null, fact = null, progress = null, cancel_requested_at = null,
      canceled_by = null, updated_at = now()
    where id = any(${ids})`);
  await tx.execute(sql`
    update run_ports set source = null, asset_version_id = null where run_id = any(${ids}) and direction = 'output'`);
  await tx.execute(sql`delete from run_tags where run_id = any(${ids}) and key like 'azureml.%reused%'`);
  await tx.execute(sql`delete from metrics where run_id = any(${ids})`);
  await tx.execute(sql`delete from latest_metrics where run_id = any(${ids})`);
  await tx.insert(runEvents).values(steps.map(({ id }) => ({ runId: id, event: "NotStarted", reason })));
}

async function reopen(tx: Queryable, parent: RunRow, by: { userId: string; name: string }): Promise<void> {
  const { id, workspaceId, name, displayName } = parent;
  await tx
    .update(runs)
    .set({
      status: "Running",
      endedAt: null,
      error: null,
      cancelRequestedAt: null,
      canceledBy: null,
      updatedAt: new Date(),
    })
    .where(eq(runs.id, id));
  await tx.insert(runEvents).values({ runId: id, event: "Running", reason: `Retried by ${by.name}` });
  await recordActivity(tx, {
    workspaceId,
    userId: by.userId,
    verb: "retried",
    kind: "run",
    name,
    data: { displayName },
  });
  await publish(tx, { workspaceId, kind: "run", name, event: "status", data: { status: "Running" } });
  await wakeRunner(tx);
}
