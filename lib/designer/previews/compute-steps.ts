import { and, eq, inArray, sql } from "drizzle-orm";
import { type AssetSource, previewSteps, trees } from "#db/schema/index.ts";
import { newId } from "#lib/core/ids.ts";
import type { Services } from "#lib/services/services.ts";
import type { PreviewStep } from "./plan-preview.ts";
import type { PreviewFailure, PreviewStepResult, PreviewWorker } from "./port.ts";
import { readValue } from "./read-value.ts";
import { sampleRows } from "./step-key.ts";

const stepTimeoutMs = 120_000;
const heavyTimeoutMs = 15 * 60_000;

export interface StepOutcome {
  outputs: Record<string, string>;
  fact: string | null;
  seconds: number;
}

/** Is told how far it is. */
export interface StepFollower {
  /** Each step that begins, with its place among those that have to be computed. */
  onStep(node: string, step: number, steps: number): void;
  onProgress(node: string, progress: { done: number; of: number | null; unit: string }): void;
  /** What a step waits for before it begins. */
  onSaid(node: string, text: string): void;
}

/** A step failed; it says at which one. */
export class StepFailed extends Error {
  readonly step: PreviewStep;
  readonly failure: PreviewFailure;

  constructor(step: PreviewStep, failure: PreviewFailure) {
    super(failure.message);
    this.step = step;
    this.failure = failure;
  }
}

/** Outputs that are kept from before, by step key. Only such whose folders are still there. */
export async function findKept(
  services: Pick<Services, "db">,
  workspaceId: string,
  keys: string[],
): Promise<Map<string, StepOutcome>> {
  const rows = await services.db
    .update(previewSteps)
    .set({ usedAt: sql`now()` })
    .where(and(eq(previewSteps.workspaceId, workspaceId), inArray(previewSteps.key, keys)))
    .returning();
  const digests = [...new Set(rows.flatMap(({ outputs }) => Object.values(outputs)))];
  const found =
    digests.length === 0
      ? []
      : await services.db
          .select({ digest: trees.digest })
          .from(trees)
          .where(and(eq(trees.workspaceId, workspaceId), inArray(trees.digest, digests)));
  const there = new Set(found.map(({ digest }) => digest));
  const whole = rows.filter(({ outputs }) => Object.values(outputs).every((digest) => there.has(digest)));
  return new Map(whole.map(({ key, outputs, fact, seconds }) => [key, { outputs, fact, seconds }]));
}

/**
 * Executes what the last step needs and is not kept, each step as soon as those before it are done. Throws `StepFailed` for
 * the first that fails.
 */
export async function computeSteps(
  services: Pick<Services, "db" | "store">,
  { workspaceId, key: preview }: { workspaceId: string; key: string },
  steps: readonly PreviewStep[],
  worker: PreviewWorker,
  signal: AbortSignal,
  follow: StepFollower,
): Promise<StepOutcome> {
  const kept = await findKept(
    services,
    workspaceId,
    steps.map(({ key }) => key),
  );
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const running = new Map<string, Promise<StepOutcome>>();
  let begun = 0;

  function outcomeOf(key: string): Promise<StepOutcome> {
    const known = kept.get(key);
    if (known) return Promise.resolve(known);
    const open = running.get(key) ?? compute(key);
    running.set(key, open);
    return open;
  }

  async function compute(key: string): Promise<StepOutcome> {
    const step = byKey.get(key);
    if (!step) throw new Error(`step ${key} is not part of the plan`);
    const inputs: Record<string, AssetSource> = {};
    await Promise.all(
      Object.entries(step.inputs).map(async ([port, source]) => {
        if (source.kind === "asset") {
          inputs[port] = source.source;
          return;
        }
        const digest = (await outcomeOf(source.key)).outputs[source.port];
        inputs[port] = digest === undefined ? { kind: "none" } : { kind: "tree", digest };
      }),
    );
    signal.throwIfAborted();
    begun += 1;
    follow.onStep(step.node, begun, running.size);
    const result = await execute(step, inputs);
    signal.throwIfAborted();
    if ("failed" in result) throw new StepFailed(step, result.failed);
    await services.db
      .insert(previewSteps)
      .values({ workspaceId, key, ...result })
      .onConflictDoUpdate({
        target: [previewSteps.workspaceId, previewSteps.key],
        set: { ...result, usedAt: sql`now()` },
      });
    return result;
  }

  async function execute(step: PreviewStep, given: Record<string, AssetSource>): Promise<PreviewStepResult> {
    const { module, command, outputs, heavy } = step;
    const parameters = { ...step.parameters };
    const inputs = { ...given };
    for (const [name, type] of Object.entries(step.values ?? {})) {
      parameters[name] = await readValue(services, workspaceId, inputs[name], type);
      delete inputs[name];
    }
    const rows = step.sampled ? sampleRows : null;
    const timeoutMs = heavy ? heavyTimeoutMs : stepTimeoutMs;
    const common = { parameters, inputs, sampleRows: rows, timeoutMs };
    if (command)
      return worker.runCommand({ ...common, preview, command }, signal, (text) =>
        follow.onSaid(step.node, text),
      );
    if (module === null) throw new Error(`step ${step.node} has nothing to execute`);
    return worker.run({ ...common, id: newId("prv"), module, outputs }, signal, (progress) =>
      follow.onProgress(step.node, progress),
    );
  }

  const last = steps.at(-1);
  if (!last) throw new Error("a preview has at least one step");
  return outcomeOf(last.key);
}
