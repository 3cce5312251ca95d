import { and, eq } from "drizzle-orm";
import { deployments } from "#db/schema/index.ts";
import { isAppError, messageOf } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import type { DeploymentRow } from "../queries.ts";
import { wakeReconciler } from "../wake.ts";
import type { ReconcileContext } from "./context.ts";
import { buildServingImage } from "./serving-image.ts";

const saveEveryMs = 700;
/** How long a build waits after something that may pass by itself. */
const retryPauseMs = 5000;
const maxLogChars = 512 * 1024;

/** Starts to build the image of a deployment's newest revision, unless that is under way or waits for its next try. */
export function prepareImage(context: ReconcileContext, row: DeploymentRow, endpointName: string): void {
  const running = context.preparing.get(row.id);
  if (running?.revision === row.revision && Date.now() < (running.retryAt ?? Number.POSITIVE_INFINITY))
    return;
  running?.abort.abort(new Error("a newer revision was asked for"));
  const abort = new AbortController();
  context.preparing.set(row.id, { revision: row.revision, abort });
  const signal = AbortSignal.any([context.signal, abort.signal]);
  build(context, row, endpointName, signal)
    .catch((error: unknown) => {
      context.services.logger.error({ err: error }, messageOf(error));
      return { again: true };
    })
    .then(({ again }) => {
      if (context.preparing.get(row.id)?.abort !== abort) return;
      if (again)
        context.preparing.set(row.id, { revision: row.revision, abort, retryAt: Date.now() + retryPauseMs });
      else context.preparing.delete(row.id);
    });
}

async function build(
  context: ReconcileContext,
  row: DeploymentRow,
  endpointName: string,
  signal: AbortSignal,
): Promise<{ again: boolean }> {
  const { services } = context;
  const change = new DeploymentWriter(context, row, endpointName);
  const progress = {
    step: (text: string) => change.note({ step: text, line: `== ${text}` }),
    line: (text: string) => change.note({ line: text }),
  };
  try {
    const imageDigest = await buildServingImage(
      services,
      context.providerOf(row.provider),
      row,
      progress,
      signal,
    );
    await change.save({ imageDigest, progress: "Starting", error: null });
    return { again: false };
  } catch (error) {
    if (signal.aborted) return { again: false };
    const message = isAppError(error) ? error.userMessage : messageOf(error);
    progress.line(message);
    // What may pass by itself (an engine that does not answer) is tried again after a pause.
    const passing = isAppError(error) && (error.code === "UNAVAILABLE" || error.code === "TIMEOUT");
    if (!isAppError(error)) services.logger.error({ err: error, deployment: row.id }, message);
    await change.save(
      passing ? { progress: message } : { provisioningState: "Failed", progress: "", error: message },
    );
    return { again: passing };
  }
}

/** Writes how far a build is, at most so often; nothing for a revision that is no longer wanted. */
class DeploymentWriter {
  readonly #context: ReconcileContext;
  readonly #row: DeploymentRow;
  readonly #endpointName: string;
  #log = "";
  #step = "";
  #savedAt = 0;
  #saving: Promise<void> = Promise.resolve();

  constructor(context: ReconcileContext, row: DeploymentRow, endpointName: string) {
    this.#context = context;
    this.#row = row;
    this.#endpointName = endpointName;
  }

  note({ step, line }: { step?: string; line: string }): void {
    if (step !== undefined) this.#step = step;
    if (this.#log.length < maxLogChars) this.#log += `${line}\n`;
    if (step === undefined && Date.now() - this.#savedAt < saveEveryMs) return;
    this.#savedAt = Date.now();
    this.#saving = this.#saving
      .then(() => this.#write({ progress: this.#step }))
      .catch((error: unknown) => this.#context.services.logger.warn(messageOf(error)));
  }

  async save(set: Partial<typeof deployments.$inferInsert>): Promise<void> {
    await this.#saving;
    await this.#write(set);
  }

  async #write(set: Partial<typeof deployments.$inferInsert>): Promise<void> {
    const { id, revision, workspaceId } = this.#row;
    await this.#context.services.db.transaction(async (tx) => {
      const rows = await tx
        .update(deployments)
        .set({ ...set, buildLog: this.#log, updatedAt: new Date() })
        .where(and(eq(deployments.id, id), eq(deployments.revision, revision)))
        .returning({ id: deployments.id });
      if (rows.length === 0) return;
      await publish(tx, { workspaceId, kind: "endpoint", name: this.#endpointName, event: "status" });
      await wakeReconciler(tx);
    });
  }
}
