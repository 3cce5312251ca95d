import type { AssetSource } from "#db/schema/index.ts";
import { AppError } from "#lib/core/errors.ts";
import { inTurns } from "#lib/core/in-turns.ts";
import {
  createTree,
  type FileServices,
  findMissingBlobs,
  type Keeping,
  storeBlob,
  treeDigest,
} from "#lib/files/commands.ts";
import type { StepEvent, StepFailure, StepRequest, WorkerFile } from "./protocol.ts";
import { inputOf, provideMissing } from "./provide-inputs.ts";
import { type WorkerClient, WorkerGone } from "./worker-client.ts";

/** How often a worker may say that something is missing that it was just given. */
const maxRounds = 3;
const fetchWidth = 4;

export interface StepMetric {
  key: string;
  value: number;
  step: number;
}

export interface StepListener {
  onLog?(text: string): void | Promise<void>;
  onProgress?(progress: { done: number; of: number | null; unit: string }): void;
  onFact?(fact: string): void;
  onMetric?(metric: StepMetric): void;
}

export type StepResult =
  | { outputs: Record<string, { digest: string; files: WorkerFile[] }>; seconds: number }
  | { failed: StepFailure };

export type StepWish = Omit<StepRequest, "inputs"> & { inputs: Record<string, AssetSource> };

/**
 * Runs one step on a worker: gives it what it lacks, follows it, and stores what it wrote. The outputs are trees of the
 * workspace when this resolves. Throws `WorkerGone` when the worker died under it.
 */
export async function runStep(
  services: FileServices,
  workspaceId: string,
  worker: WorkerClient,
  wish: StepWish,
  listener: StepListener,
  signal: AbortSignal,
  keeping: Keeping = "kept",
): Promise<StepResult> {
  const inputs: StepRequest["inputs"] = {};
  for (const [name, source] of Object.entries(wish.inputs)) {
    inputs[name] = await inputOf(services, workspaceId, source);
  }
  const onAbort = () => void worker.cancelStep(wish.id).catch(() => {});
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    for (let round = 1; ; round++) {
      const started = await worker.startStep({ ...wish, inputs }, signal);
      if ("events" in started)
        return await follow(services, workspaceId, worker, started.events, listener, keeping);
      if (round === maxRounds) throw new WorkerGone("it loses its files");
      await provideMissing(services, workspaceId, worker, started.missing);
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

async function follow(
  services: FileServices,
  workspaceId: string,
  worker: WorkerClient,
  events: AsyncGenerator<StepEvent>,
  listener: StepListener,
  keeping: Keeping,
): Promise<StepResult> {
  for await (const event of events) {
    if (event.log !== undefined) await listener.onLog?.(event.log);
    if (event.fact !== undefined) listener.onFact?.(event.fact);
    if (event.progress) {
      const { done, of = null, unit } = event.progress;
      listener.onProgress?.({ done, of, unit: unit ?? "" });
    }
    if (event.metric) {
      const { key, value, step } = event.metric;
      listener.onMetric?.({ key, value: Number(value), step: step ?? 0 });
    }
    if (event.failed) return { failed: event.failed };
    if (event.done) {
      const outputs: Record<string, { digest: string; files: WorkerFile[] }> = {};
      for (const [name, { files }] of Object.entries(event.done.outputs)) {
        outputs[name] = { digest: await keepOutput(services, workspaceId, worker, files, keeping), files };
      }
      return { outputs, seconds: event.done.seconds };
    }
  }
  throw new WorkerGone("it stopped in the middle of a step");
}

/** Takes an output over into the store; what the workspace has already does not travel. */
async function keepOutput(
  services: FileServices,
  workspaceId: string,
  worker: WorkerClient,
  files: WorkerFile[],
  keeping: Keeping,
): Promise<string> {
  const digest = treeDigest(files);
  const contents = [...new Set(files.map((file) => file.sha256))];
  const waiting = await findMissingBlobs(services.db, workspaceId, contents, keeping);
  await inTurns(waiting, fetchWidth, async (sha256) => {
    const stored = await storeBlob(services, workspaceId, await worker.getBlob(sha256), keeping);
    if (stored.sha256 !== sha256) throw new WorkerGone(`it gave other bytes than it named`);
  });
  const made = await createTree(services.db, workspaceId, files, keeping);
  if (made.digest !== digest)
    throw new AppError("INTERNAL", { userMessage: "An output changed while it was saved." });
  // So that a step after this one finds it without asking.
  await worker.putTree(digest, files);
  return digest;
}
