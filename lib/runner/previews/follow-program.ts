import type { ComputeHandle, ComputeProvider, ComputeState } from "#lib/compute/port.ts";
import { AppError } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";
import type { PreviewFailure } from "#lib/designer/previews/port.ts";
import { explainExit } from "../run-failure.ts";

const stopGraceMs = 2_000;
const tailBytes = 8192;

/**
 * Waits for a program that a preview started; null when it ended well. Ends it when its time is up, and throws when the
 * signal aborts; whoever started it removes it then.
 */
export async function followProgram(
  provider: ComputeProvider,
  handle: ComputeHandle,
  { signal, timeoutMs, memoryMib }: { signal: AbortSignal; timeoutMs: number; memoryMib: number },
): Promise<PreviewFailure | null> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    provider.stop(handle, stopGraceMs).catch(() => {});
  }, timeoutMs);
  try {
    const tail = await readTail(provider, handle, signal);
    const state = await waitForEnd(provider, handle, signal);
    if (state.state === "missing")
      throw new AppError("UNAVAILABLE", { userMessage: "The container of a preview is gone." });
    const { exitCode, oomKilled = false, error: engineError } = state;
    if (exitCode === 0) return null;
    if (late)
      return {
        code: "TIMEOUT",
        message: `It was ended after ${Math.round(timeoutMs / 1000)} s, the longest that a preview takes.`,
        hint: "Run the pipeline up to this step: what it gives is shown then.",
      };
    const { hint = null, ...said } = explainExit({
      exitCode,
      oomKilled,
      memoryMib,
      logTail: tail,
      engineError,
    });
    return { ...said, hint: hint ?? lastLines(tail) };
  } finally {
    clearTimeout(timer);
  }
}

async function readTail(
  provider: ComputeProvider,
  handle: ComputeHandle,
  signal: AbortSignal,
): Promise<string> {
  let tail = Buffer.alloc(0);
  for await (const chunk of provider.logs(handle, { follow: true, signal }))
    tail = Buffer.concat([tail, chunk]).subarray(-tailBytes);
  signal.throwIfAborted();
  return tail.toString("utf8");
}

async function waitForEnd(
  provider: ComputeProvider,
  handle: ComputeHandle,
  signal: AbortSignal,
): Promise<ComputeState> {
  for (let round = 0; ; round++) {
    const state = await provider.inspect(handle);
    if (state.state === "exited" || state.state === "missing") return state;
    await sleep(round < 20 ? 50 : 500, signal);
    signal.throwIfAborted();
  }
}

/** There is no log to look at afterwards. */
function lastLines(tail: string): string | null {
  const lines = tail.trimEnd().split(/\r?\n/).slice(-6).join("\n");
  return lines === "" ? null : lines;
}
