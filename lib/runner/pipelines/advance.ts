import { eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import type { PipelinePlan, PlanNode } from "#lib/pipelines/model.ts";
import { isEnded } from "#lib/runs/state.ts";
import { moveRun, type RunRow } from "#lib/runs/transition.ts";
import type { Services } from "#lib/services/services.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";
import { decide } from "./decide.ts";
import { findReusable, type Reusable } from "./find-reusable.ts";
import { type CachedPlan, PlanCache } from "./plan-cache.ts";
import { readOutputs, readSteps, type StepOutputs, type StepRow } from "./read-steps.ts";
import { registerReused } from "./register-reused.ts";
import { type StepSources, stepKeyOf } from "./step-key.ts";
import {
  type AttemptIds,
  dropSteps,
  type ReadyStep,
  reuseSteps,
  startSteps,
  stopSteps,
} from "./write-steps.ts";

/**
 * Takes a pipeline as far as it goes by itself: starts what is ready, takes over what was computed before, ends it when
 * all has ended. Under a lock on the pipeline's row, so any number of runners may call it at any time.
 */
export async function advancePipeline(
  services: Pick<Services, "db">,
  runId: string,
  plans = new PlanCache(),
  attemptIdOf: AttemptIds = () => undefined,
): Promise<void> {
  await services.db.transaction(async (tx) => {
    const [parent] = await tx.select(parentColumns).from(runs).where(eq(runs.id, runId)).for("update");
    if (!parent || isEnded(parent.status as RunStatus)) return;
    const cached = await plans.read(tx, runId);
    if (!cached) return;
    await advance(tx, parent, cached, attemptIdOf);
    await tx.update(runs).set({ updatedAt: sql`clock_timestamp()` }).where(eq(runs.id, runId));
  });
}

const parentColumns = {
  id: runs.id,
  name: runs.name,
  workspaceId: runs.workspaceId,
  status: runs.status,
  createdBy: runs.createdBy,
  canceledBy: runs.canceledBy,
  cancelRequestedAt: runs.cancelRequestedAt,
};
export type ParentRow = Pick<RunRow, keyof typeof parentColumns>;

async function advance(
  tx: Queryable,
  parent: ParentRow,
  { plan, nodes }: CachedPlan,
  attemptIdOf: AttemptIds,
): Promise<void> {
  const steps = await readSteps(tx, parent.id);
  const view = { plan, cancelRequested: parent.cancelRequestedAt !== null, steps };
  const set = (step: StepRow, change: Partial<StepRow>) => steps.set(step.nodeName, { ...step, ...change });
  const outputs: StepOutputs = new Map();
  const started: ReadyStep[] = [];
  const reused: (ReadyStep & { from: Reusable })[] = [];
  let decision = decide(view);
  while (decision.ready.length > 0) {
    const wanted = decision.ready.flatMap((name) => nodes.get(name)?.needs ?? []);
    await readOutputs(tx, parent.id, wanted, outputs);
    const ready = decision.ready.flatMap((name): ReadyStep[] => {
      const [node, step] = [nodes.get(name), steps.get(name)];
      if (!node || !step) return [];
      const sources = sourcesOf(node, nodes, outputs);
      return [{ node, step, sources, key: stepKeyOf(node, sources) }];
    });
    const keys = plan.settings.forceRerun ? [] : ready.flatMap(({ key }) => key ?? []);
    const found = await findReusable(tx, parent.workspaceId, keys);
    for (const item of ready) {
      const from = item.key === null ? undefined : found.get(item.key);
      if (from) {
        reused.push({ ...item, from });
        outputs.set(item.node.name, from.outputs);
        set(item.step, { status: "Completed" });
      } else {
        started.push(item);
        set(item.step, { attempt: "queued" });
      }
    }
    decision = decide(view);
  }
  if (parent.status === "NotStarted" && started.length + reused.length > 0) {
    await moveRun(tx, parent.id, { to: "Running", set: { startedAt: new Date() } });
  }
  await reuseSteps(tx, parent, reused);
  await registerReused(tx, parent, reused);
  await startSteps(tx, parent, started, attemptIdOf);
  await stopSteps(tx, parent, rowsOf(decision.stop, steps));
  const dropped = decision.dropped.flatMap(({ name, reason }) => {
    const step = steps.get(name);
    return step ? [{ step, reason }] : [];
  });
  const gone = await dropSteps(tx, parent, dropped);
  for (const step of dropped.map((item) => item.step)) {
    set(step, gone.includes(step) ? { status: "Canceled", attempt: null } : { attempt: "claimed" });
  }
  if (decision.end) await endPipeline(tx, parent, plan, decide(view).end);
}

const rowsOf = (names: string[], steps: ReadonlyMap<string, StepRow>) =>
  names.flatMap((name) => steps.get(name) ?? []);

/** Where the inputs of a step are, now that all it needs has completed. */
function sourcesOf(node: PlanNode, nodes: ReadonlyMap<string, PlanNode>, outputs: StepOutputs): StepSources {
  return Object.fromEntries(
    Object.entries(node.inputs).map(([name, { source }]): [string, StepSources[string]] => {
      if (source.kind === "asset") return [name, source];
      const made = outputs.get(source.node)?.get(source.port);
      const uri = `azureml://jobs/${nodes.get(source.node)?.runName ?? ""}/outputs/${source.port}/paths/`;
      // A port that nothing was written to.
      return [name, { source: { kind: "none" }, assetVersionId: null, ...made, uri }];
    }),
  );
}

async function endPipeline(
  tx: Queryable,
  parent: ParentRow,
  plan: PipelinePlan,
  end: ReturnType<typeof decide>["end"],
): Promise<void> {
  if (!end) return;
  const { status, culprit } = end;
  for (const [name, { node, port }] of Object.entries(plan.outputs)) {
    await tx.execute(sql`
      update run_ports p set source = o.source, asset_version_id = o.asset_version_id, value = o.value
      from runs r join run_ports o on o.run_id = r.id and o.direction = 'output' and o.name = ${port}
      where r.parent_run_id = ${parent.id} and r.node_name = ${node} and r.status = 'Completed'
        and p.run_id = ${parent.id} and p.direction = 'output' and p.name = ${name}`);
  }
  // One in which everything was reused was never anything but waiting.
  await moveRun(tx, parent.id, { to: "Running" });
  const title = plan.nodes.find(({ name }) => name === culprit)?.displayName ?? culprit;
  const message =
    status === "Failed"
      ? `The step “${title}” failed.`
      : culprit !== null
        ? `The step “${title}” was canceled.`
        : "";
  const error =
    status === "Failed"
      ? { code: "STEP_FAILED", message, hint: "Look at the step, mend it, then retry it or submit again." }
      : null;
  await moveRun(tx, parent.id, { to: status, reason: message, set: { error } });
}
