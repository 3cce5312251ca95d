import { eq } from "drizzle-orm";
import { type RunProgress, runs } from "#db/schema/index.ts";
import { messageOf } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import { tellRoot } from "#lib/runs/transition.ts";
import { logMetrics, type MetricPoint } from "#lib/tracking/commands/log-metrics.ts";
import { type HeldAttempt, writeHeld } from "../held-attempt.ts";
import type { StepListener, StepMetric } from "../workers/run-step.ts";

/** What a step says of itself is shown at most this often. */
const tellMs = 250;

/** Takes what a module reports while it runs: progress and fact to the run's row, metrics to its metrics. */
export class StepReporter implements StepListener {
  readonly #held: HeldAttempt;
  #metrics: MetricPoint[] = [];
  #progress: RunProgress | null = null;
  #changed = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  fact: string | null = null;

  constructor(held: HeldAttempt) {
    this.#held = held;
  }

  onProgress(progress: RunProgress): void {
    this.#progress = progress;
    this.#change();
  }

  onFact(fact: string): void {
    this.fact = fact.slice(0, 200);
    this.#change();
  }

  onMetric({ key, value, step }: StepMetric): void {
    this.#metrics.push({ key, value, step, timestamp: Date.now() });
    this.#timer ??= setTimeout(() => this.#flush(), tellMs);
  }

  #change(): void {
    this.#changed = true;
    this.#timer ??= setTimeout(() => this.#flush(), tellMs);
  }

  #flush(): void {
    this.#timer = undefined;
    this.#writing = this.#writing
      .then(() => this.#write())
      .catch((error: unknown) => {
        this.#held.services.logger.warn(`progress of ${this.#held.run.name}: ${messageOf(error)}`);
      });
  }

  async #write(): Promise<void> {
    const metrics = this.#metrics;
    this.#metrics = [];
    const changed = this.#changed;
    this.#changed = false;
    const { run } = this.#held;
    await writeHeld(this.#held, async (tx) => {
      await logMetrics(tx, run.id, metrics);
      if (!changed) return;
      const { fact } = this;
      await tx.update(runs).set({ progress: this.#progress, fact }).where(eq(runs.id, run.id));
      const data = { step: run.nodeName, fact, progress: this.#progress };
      await publish(tx, { workspaceId: run.workspaceId, kind: "run", name: run.name, event: "updated" });
      await tellRoot(tx, run, data);
    });
  }

  /** The metrics that are not written yet; nothing is written by itself after this. */
  async finish(): Promise<MetricPoint[]> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
    return this.#metrics;
  }
}
