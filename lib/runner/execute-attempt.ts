import type { Queryable } from "#db/client.ts";
import type { ComputeHandle } from "#lib/compute/port.ts";
import { isAppError, messageOf } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";
import { moveRun } from "#lib/runs/transition.ts";
import { logMetrics } from "#lib/tracking/commands/log-metrics.ts";
import { type CollectedOutput, collectOutputs } from "./collect-outputs.ts";
import { endRun, type RunEnd, retryRun } from "./end-attempt.ts";
import { checkHeld, type HeldAttempt, LeaseLost, writeHeld } from "./held-attempt.ts";
import { readLogTail } from "./keep-log.ts";
import { attemptLabel, studioLabel } from "./labels.ts";
import { launchAttempt } from "./launch-attempt.ts";
import { type HeldJob, loadHeldJob } from "./load-held-job.ts";
import { findWrongValue } from "./output-values.ts";
import { executeModule, workerGoneDelayMs } from "./pipelines/execute-module.ts";
import { readIsolated } from "./pipelines/isolated-module.ts";
import { stepError } from "./pipelines/step-error.ts";
import { explainExit, RunFailure } from "./run-failure.ts";
import { SystemLog } from "./system-log.ts";
import { type AttemptEnd, watchAttempt } from "./watch-attempt.ts";
import { WorkerGone } from "./workers/worker-client.ts";

/**
 * Carries a claimed attempt to its end. Everything on the way is in the database and at the provider, so that it goes on
 * from wherever an earlier owner stopped: before the launch, while the command runs, or after it ended.
 */
export async function executeAttempt(held: HeldAttempt): Promise<void> {
  try {
    await carryOn(held);
  } catch (error) {
    if (error instanceof LeaseLost || held.lost.aborted) return;
    await settle(held, error);
  }
}

async function carryOn(held: HeldAttempt): Promise<void> {
  const { step } = held;
  if (step?.kind === "module" && !step.isolation) return executeModule(held, step);
  const job = await loadHeldJob(held);
  const known = held.attempt.handle as ComputeHandle | null;
  if (!known && held.cancel.aborted) return cancelBeforeStart(held);
  const handle = known ?? (await launchAttempt(held, job));
  const launchedAt = held.attempt.launchedAt ?? new Date();
  const { timeoutMs } = job.limits;
  const ended = await watchAttempt(held, handle, { launchedAt, timeoutMs });
  let end = await judge(held, job, ended, launchedAt);
  const said = step?.kind === "module" ? await readIsolated(held.provider, handle) : null;
  if (end.status === "Failed" && said?.failed) end = { ...end, error: stepError(said.failed) };
  await writeHeld(held, (tx) => moveRun(tx, held.run.id, { to: "Finalizing", attemptId: held.attempt.id }));
  const collected = await collectPatiently(held, handle, job);
  const wrong = end.status === "Completed" ? findWrongValue(job.outputs, collected) : null;
  if (wrong !== null) {
    const hint = "A value is written as text to the path that ${{outputs.<name>}} stands for.";
    end = {
      ...end,
      status: "Failed",
      error: { code: "OUTPUT_WRONG", message: wrong, hint },
      phase: "Finalizing",
    };
  }
  await endRun(held, end, {
    declared: job.outputs,
    collected,
    ...(said
      ? { set: { fact: said.fact }, also: (tx: Queryable) => logMetrics(tx, held.run.id, said.metrics) }
      : {}),
  });
  held.onEnded();
  await held.provider.remove(handle).catch((error: unknown) => {
    held.services.logger.warn(`cannot remove the container of ${held.run.name}: ${messageOf(error)}`);
  });
}

/** What the end of the command means for the run. */
async function judge(held: HeldAttempt, job: HeldJob, ended: AttemptEnd, launchedAt: Date): Promise<RunEnd> {
  const { state } = ended;
  const exitCode = state.exitCode ?? null;
  const { timeoutMs, memoryMib } = job.limits;
  if (exitCode === 0 && ended.endedBy === "itself") return { status: "Completed", exitCode };
  // An owner before this one may have ended it: then only the times and the request tell.
  const late = timeoutMs !== null && (state.finishedAt?.getTime() ?? 0) >= launchedAt.getTime() + timeoutMs;
  if (ended.endedBy === "cancel" || (held.cancel.aborted && ended.endedBy === "itself")) {
    return { status: "Canceled", exitCode };
  }
  if (ended.endedBy === "timeout" || late) {
    const seconds = Math.round((timeoutMs ?? 0) / 1000);
    const error = {
      code: "TIMEOUT",
      message: `The run was ended after its time limit of ${seconds} s.`,
      hint: "Raise limits.timeout in the job, and run it again.",
    };
    return { status: "Canceled", exitCode, error, phase: "Running" };
  }
  const error = explainExit({
    exitCode: state.exitCode,
    oomKilled: state.oomKilled ?? false,
    memoryMib,
    logTail: await readLogTail(held),
    engineError: state.error,
  });
  return { status: "Failed", exitCode, error, phase: "Running" };
}

/** The command has run and is not run again because of a store that does not answer: its outputs wait. */
async function collectPatiently(
  held: HeldAttempt,
  handle: ComputeHandle,
  job: HeldJob,
): Promise<CollectedOutput[]> {
  for (let round = 1; ; round++) {
    const log = new SystemLog(held);
    try {
      // The first time comes right after a write that checked it.
      if (round > 1) await checkHeld(held);
      return await collectOutputs(held, handle, job, log);
    } catch (error) {
      const passing = isAppError(error) ? error.status >= 500 : !(error instanceof LeaseLost);
      if (!passing || held.lost.aborted) throw error;
      if (round === 20) {
        const message = `The outputs could not be saved: ${isAppError(error) ? error.userMessage : messageOf(error)}`;
        throw new RunFailure({ code: "OUTPUTS_LOST", message }, "Finalizing");
      }
      await sleep(Math.min(1000 * round, 10_000), held.lost);
    } finally {
      const saved = log.save("finalizing").catch(() => {});
      // As with its preparation: the next step need not wait for it.
      if (!held.step) await saved;
    }
  }
}

/** Nothing was started, or what was cannot be followed: says so in the run, and tries again where that may help. */
async function settle(held: HeldAttempt, error: unknown): Promise<void> {
  const { logger } = held.services;
  try {
    await removeLeftovers(held);
    if (held.cancel.aborted) return await cancelBeforeStart(held);
    if (error instanceof RunFailure) {
      await endRun(held, { status: "Failed", exitCode: null, error: error.error, phase: error.phase }, null);
      return;
    }
    if (isAppError(error) && error.status < 500) {
      const failure = { code: "LAUNCH_FAILED", message: error.userMessage };
      await endRun(held, { status: "Failed", exitCode: null, error: failure, phase: "Preparing" }, null);
      return;
    }
    logger.error({ err: error, run: held.run.name }, "attempt lost");
    const words = isAppError(error) ? error.userMessage : messageOf(error);
    await retryRun(held, words, error instanceof WorkerGone ? workerGoneDelayMs : undefined);
  } catch (second) {
    // The lease ends by itself, and the next owner finds everything as it is stored.
    if (!(second instanceof LeaseLost))
      logger.error({ err: second, run: held.run.name }, "attempt not settled");
  }
}

async function cancelBeforeStart(held: HeldAttempt): Promise<void> {
  await endRun(held, { status: "Canceled", exitCode: null }, null);
}

async function removeLeftovers(held: HeldAttempt): Promise<void> {
  const labels = { [studioLabel]: held.studioId, [attemptLabel]: held.attempt.id };
  const items = await held.provider.list(labels).catch(() => []);
  for (const item of items) await held.provider.remove(item.handle).catch(() => {});
}
