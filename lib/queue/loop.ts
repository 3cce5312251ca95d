import { isAppError, messageOf } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";
import type { Services } from "#lib/services/services.ts";
import { type ClaimedTask, claimTask, completeTask, failTask, renewTask, taskChannel } from "./commands.ts";

export interface TaskHandler {
  /** Does the work. The signal aborts when the lease is lost or the process stops. */
  run(services: Services, task: ClaimedTask, signal: AbortSignal): Promise<void>;
  /** Called once when the last try failed, so that the domain can say so. */
  giveUp?(services: Services, task: ClaimedTask, error: unknown): Promise<void>;
}

async function runTask(
  services: Services,
  handler: TaskHandler,
  task: ClaimedTask,
  stop: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  const renewal = setInterval(() => {
    renewTask(services.db, task).then(
      (held) => held || lost.abort(new Error("another runner has the task")),
      (error: unknown) => services.logger.warn(`task ${task.id}: lease not renewed: ${messageOf(error)}`),
    );
  }, 4000);
  try {
    await handler.run(services, task, signal);
    await completeTask(services.db, task);
  } catch (error) {
    if (signal.aborted) return;
    services.logger.warn({ err: error, task: task.kind, key: task.key }, messageOf(error));
    // Bad input stays bad: only what may pass by itself is tried again.
    const hopeless = isAppError(error) && error.status < 500;
    const final = await failTask(
      services.db,
      hopeless ? { ...task, maxAttempts: 0 } : task,
      messageOf(error),
    );
    if (final) await handler.giveUp?.(services, task, error);
  } finally {
    clearInterval(renewal);
  }
}

/** Runs tasks of the given kinds, `width` at a time, until the signal aborts; then waits for those under way. */
export async function runTaskLoop(
  services: Services,
  handlers: Record<string, TaskHandler>,
  options: { owner: string; width: number; signal: AbortSignal },
): Promise<void> {
  const kinds = Object.keys(handlers);
  if (kinds.length === 0) return;
  let wake = new AbortController();
  const listening = await services.sql.listen(taskChannel, () => wake.abort());
  const worker = async () => {
    while (!options.signal.aborted) {
      const task = await claimTask(services.db, options.owner, kinds).catch((error: unknown) => {
        services.logger.warn(`tasks: cannot claim: ${messageOf(error)}`);
        return null;
      });
      const handler = task ? handlers[task.kind] : undefined;
      if (task && handler) {
        await runTask(services, handler, task, options.signal);
        continue;
      }
      if (wake.signal.aborted) wake = new AbortController();
      await sleep(1000, AbortSignal.any([wake.signal, options.signal]));
    }
  };
  await Promise.all(Array.from({ length: options.width }, worker));
  await listening.unlisten().catch(() => {});
}
