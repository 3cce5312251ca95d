import { and, eq, isNotNull } from "drizzle-orm";
import { type AssetSource, attempts, runPorts } from "#db/schema/index.ts";
import { messageOf } from "#lib/core/errors.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";
import { memoryOf } from "#lib/runs/limits.ts";
import { moveRun, noteRun } from "#lib/runs/transition.ts";
import { logMetrics } from "#lib/tracking/commands/log-metrics.ts";
import { checkValues } from "../check-values.ts";
import type { CollectedOutput } from "../collect-outputs.ts";
import { declaredOf } from "../declared-outputs.ts";
import { endRun, type RunEnd } from "../end-attempt.ts";
import { type HeldAttempt, LeaseLost, writeHeld } from "../held-attempt.ts";
import { LogShipper } from "../log-shipper.ts";
import { valueParameters } from "../output-values.ts";
import { runStep, type StepResult } from "../workers/run-step.ts";
import type { Worker, WorkerWish } from "../workers/start-worker.ts";
import { stepError } from "./step-error.ts";
import { StepReporter } from "./step-reporter.ts";

/** A step whose worker fell away is at once tried on another one. */
export const workerGoneDelayMs = 200;

/** Carries a step of a module to its end on a warm worker. Nothing of it is at a provider: after a crash it starts anew. */
export async function executeModule(held: HeldAttempt, node: PlanNode): Promise<void> {
  const { run, provider, services } = held;
  if (held.cancel.aborted) return endRun(held, { status: "Canceled", exitCode: null }, null);
  const wish = { workspaceId: run.workspaceId, environment: node.environment, provider };
  if (!held.workers.isWarm(wish)) await prepare(held);
  const onLine = async (line: string) => {
    services.logger.debug(`worker: ${line}`);
    if (line.trim() === "") return;
    await writeHeld(held, (tx) => noteRun(tx, run, line.trim().slice(0, 500), held.attempt.id)).catch(
      () => {},
    );
  };
  await held.workers.use(wish satisfies WorkerWish, { onLine, signal: held.lost }, (worker) =>
    carry(held, node, worker),
  );
}

async function prepare(held: HeldAttempt): Promise<void> {
  await writeHeld(held, (tx) =>
    moveRun(tx, held.run.id, {
      to: "Preparing",
      reason: "Starting the worker for modules",
      attemptId: held.attempt.id,
    }),
  );
}

async function carry(held: HeldAttempt, node: PlanNode, worker: Worker): Promise<void> {
  const { services, run, attempt } = held;
  const { fence } = attempt;
  // An owner before this one may have left its step running. Its results would count for nothing: nobody waits for the end.
  if (fence > 1) worker.client.cancelStep(stepId(attempt.id, fence - 1)).catch(() => {});
  const { inputs, texts } = await begin(held);
  checkValues(node, texts);
  const shipper = new LogShipper(held, attempt.logSizeBytes);
  const reporter = new StepReporter(held);
  const result = await runStep(
    services,
    run.workspaceId,
    worker.client,
    {
      id: stepId(attempt.id, fence),
      module: node.module ?? "",
      parameters: { ...node.parameters, ...valueParameters(node, texts) },
      inputs,
      outputs: Object.keys(node.outputs),
      seed: null,
      timeoutMs: node.limits.timeoutSeconds === null ? null : node.limits.timeoutSeconds * 1000,
      memoryMib: memoryMibOf(node),
      sample: null,
    },
    {
      onLog: (line) => shipper.write(Buffer.from(line.endsWith("\n") ? line : `${line}\n`)),
      onProgress: (progress) => reporter.onProgress(progress),
      onFact: (fact) => reporter.onFact(fact),
      onMetric: (metric) => reporter.onMetric(metric),
    },
    AbortSignal.any([held.lost, held.cancel]),
  ).catch(async (error: unknown): Promise<StepResult> => {
    await reporter.finish();
    if (held.lost.aborted || !held.cancel.aborted) throw error;
    return { failed: { code: "CANCELED", message: messageOf(error) } };
  });
  if (held.lost.aborted) throw new LeaseLost("stopped while a step ran");
  if ("failed" in result && result.failed.traceback) {
    await shipper.write(Buffer.from(`${result.failed.traceback.trimEnd()}\n`));
  }
  await shipper.flush();
  const metrics = await reporter.finish();
  const collected = "failed" in result ? [] : collectedOf(result.outputs);
  await endRun(held, judge(result, held), {
    declared: declaredOf(node),
    collected,
    set: { fact: reporter.fact, progress: null },
    also: (tx) => logMetrics(tx, run.id, metrics),
  });
}

const stepId = (attemptId: string, fence: number) => `${attemptId}.${fence}`;

interface StepInputs {
  inputs: Record<string, AssetSource>;
  /** Values, by the name of the parameter. */
  texts: Map<string, string>;
}

/** The step runs from now on; what it reads. */
function begin(held: HeldAttempt): Promise<StepInputs> {
  const { run, attempt } = held;
  const now = new Date();
  return writeHeld(held, async (tx) => {
    await tx.update(attempts).set({ launchedAt: now }).where(eq(attempts.id, attempt.id));
    await moveRun(tx, run.id, {
      to: "Running",
      attemptId: attempt.id,
      set: { startedAt: now, progress: null, fact: null },
    });
    const rows = await tx
      .select({ name: runPorts.name, source: runPorts.source, type: runPorts.type, value: runPorts.value })
      .from(runPorts)
      .where(and(eq(runPorts.runId, run.id), eq(runPorts.direction, "input"), isNotNull(runPorts.source)));
    const texts = new Map<string, string>();
    const inputs: Record<string, AssetSource> = {};
    for (const { name, source, type, value } of rows) {
      if (type === "literal") texts.set(name, value ?? "");
      else if (source && source.kind !== "none") inputs[name] = source;
    }
    return { inputs, texts };
  });
}

function memoryMibOf(node: PlanNode): number | null {
  const asked = (node.resources?.properties as Record<string, unknown> | undefined)?.memory;
  return typeof asked === "string" ? memoryOf(asked) : null;
}

function collectedOf(outputs: Extract<StepResult, { outputs: unknown }>["outputs"]): CollectedOutput[] {
  return Object.entries(outputs).map(([name, { digest, files }]) => ({
    name,
    source: { kind: "tree", digest },
    fileCount: files.length,
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
  }));
}

function judge(result: StepResult, held: HeldAttempt): RunEnd {
  if (!("failed" in result)) return { status: "Completed", exitCode: 0 };
  const { failed } = result;
  if (failed.code === "CANCELED" && held.cancel.aborted) return { status: "Canceled", exitCode: null };
  const status = failed.code === "TIMEOUT" ? "Canceled" : "Failed";
  return { status, exitCode: null, error: stepError(failed), phase: "Running" };
}
