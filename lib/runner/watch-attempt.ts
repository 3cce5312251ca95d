import type { ComputeHandle, ComputeState } from "#lib/compute/port.ts";
import { AppError, isAppError } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";
import { type HeldAttempt, LeaseLost } from "./held-attempt.ts";
import { LogShipper } from "./log-shipper.ts";
import { recordUsage } from "./usage-recorder.ts";

const stopGraceMs = 10_000;
/** The longest that a timer takes; a run with more time than this is not ended by it. */
const maxTimerMs = 2 ** 31 - 1;
/** How long an engine may be away before the attempt is given up. */
const engineAwayMs = 10 * 60_000;

export interface AttemptEnd {
  state: ComputeState;
  /** Who ended it: the command itself, a person, or its time limit. */
  endedBy: "itself" | "cancel" | "timeout";
}

/**
 * Follows a started command to its end: ships its log from where the stored one stops, records what it uses, ends it
 * when it is to be canceled or its time is up. Works the same for a command that has ended long ago.
 */
export async function watchAttempt(
  held: HeldAttempt,
  handle: ComputeHandle,
  options: { launchedAt: Date; timeoutMs: number | null },
): Promise<AttemptEnd> {
  const usage = new AbortController();
  const recording = recordUsage(held, handle, AbortSignal.any([usage.signal, held.lost]));
  const ender = endOnRequest(held, handle, options);
  try {
    const shipper = new LogShipper(held, held.attempt.logSizeBytes);
    await persist(held, () => shipLog(held, handle, shipper));
    const state = await persist(held, () => waitForEnd(held, handle));
    if (state.state === "missing") {
      throw new AppError("UNAVAILABLE", {
        userMessage: "The container is gone, and nobody of ours removed it.",
      });
    }
    return { state, endedBy: ender.endedBy() };
  } finally {
    ender.stop();
    usage.abort();
    await recording;
  }
}

/** Repeats while the engine is away. */
async function persist<T>(held: HeldAttempt, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + engineAwayMs;
  for (;;) {
    if (held.lost.aborted) throw held.lost.reason;
    try {
      return await work();
    } catch (error) {
      const away = isAppError(error) && (error.code === "UNAVAILABLE" || error.code === "TIMEOUT");
      if (!away || Date.now() > until) throw error;
      await sleep(1000, held.lost);
    }
  }
}

async function shipLog(held: HeldAttempt, handle: ComputeHandle, shipper: LogShipper): Promise<void> {
  const options = { sinceByte: shipper.offset, follow: true, signal: held.lost };
  for await (const chunk of held.provider.logs(handle, options)) await shipper.write(chunk);
  await shipper.flush();
  if (held.lost.aborted) throw new LeaseLost("stopped while the log was read");
}

async function waitForEnd(held: HeldAttempt, handle: ComputeHandle): Promise<ComputeState> {
  for (let round = 0; ; round++) {
    if (held.lost.aborted) throw held.lost.reason;
    const state = await held.provider.inspect(handle);
    if (state.state === "exited" || state.state === "missing") return state;
    await sleep(round < 20 ? 50 : 500, held.lost);
  }
}

function endOnRequest(
  held: HeldAttempt,
  handle: ComputeHandle,
  { launchedAt, timeoutMs }: { launchedAt: Date; timeoutMs: number | null },
): { endedBy(): AttemptEnd["endedBy"]; stop(): void } {
  let endedBy: AttemptEnd["endedBy"] = "itself";
  let stopped = false;
  const end = async (by: AttemptEnd["endedBy"]) => {
    if (endedBy !== "itself" || stopped) return;
    // One that has ended by then ended by itself.
    const state = await held.provider.inspect(handle).catch(() => null);
    if (stopped || state?.state === "exited") return;
    endedBy = by;
    await persist(held, () => held.provider.stop(handle, stopGraceMs));
  };
  const request = (by: AttemptEnd["endedBy"]) => {
    end(by).catch((error: unknown) => {
      if (!held.lost.aborted) held.services.logger.warn({ err: error }, `cannot stop ${held.run.name}`);
    });
  };
  const onCancel = () => request("cancel");
  if (held.cancel.aborted) onCancel();
  else held.cancel.addEventListener("abort", onCancel, { once: true });
  const leftMs = timeoutMs === null ? maxTimerMs + 1 : launchedAt.getTime() + timeoutMs - Date.now();
  const timer = leftMs > maxTimerMs ? undefined : setTimeout(() => request("timeout"), Math.max(0, leftMs));
  return {
    endedBy: () => endedBy,
    stop() {
      stopped = true;
      clearTimeout(timer);
      held.cancel.removeEventListener("abort", onCancel);
    },
  };
}
