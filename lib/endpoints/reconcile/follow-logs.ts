import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { deploymentInstances } from "#db/schema/index.ts";
import type { ComputeHandle, ComputeProvider } from "#lib/compute/port.ts";
import { messageOf } from "#lib/core/errors.ts";
import type { Logger } from "#lib/core/logger.ts";

/** So much of what an instance wrote is kept, in characters; its container may be gone when somebody asks. */
const keptChars = 128 * 1024;
const flushMs = 1000;

interface Follower {
  abort: AbortController;
  done: Promise<void>;
}

/** Reads what instances write into their rows, from where the last reader stopped. */
export class LogFollowers {
  readonly #db: Database;
  readonly #logger: Logger;
  readonly #followers = new Map<string, Follower>();

  constructor(db: Database, logger: Logger) {
    this.#db = db;
    this.#logger = logger;
  }

  /** `onText` is told when something new was kept, at most once a second. */
  follow(
    instance: { id: string; logBytes: number },
    provider: ComputeProvider,
    handle: ComputeHandle,
    onText: () => Promise<void>,
  ): void {
    if (this.#followers.has(instance.id)) return;
    const abort = new AbortController();
    const done = this.#run(instance, provider, handle, abort.signal, onText)
      .catch((error: unknown) => this.#logger.warn(`log of ${instance.id}: ${messageOf(error)}`))
      .finally(() => this.#followers.delete(instance.id));
    this.#followers.set(instance.id, { abort, done });
  }

  /** Waits until everything that an ended instance wrote is kept, three seconds at most. */
  async finish(instanceId: string): Promise<void> {
    const follower = this.#followers.get(instanceId);
    if (!follower) return;
    const timer = setTimeout(() => follower.abort.abort(), 3000);
    await follower.done;
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    const open = [...this.#followers.values()];
    for (const { abort } of open) abort.abort();
    await Promise.all(open.map(({ done }) => done));
  }

  async #run(
    { id, logBytes: sinceByte }: { id: string; logBytes: number },
    provider: ComputeProvider,
    handle: ComputeHandle,
    signal: AbortSignal,
    onText: () => Promise<void>,
  ): Promise<void> {
    let pending: Buffer[] = [];
    const flush = async () => {
      const bytes = Buffer.concat(pending);
      pending = [];
      if (bytes.length === 0) return;
      // Postgres holds no NUL; a character that was cut in two is shown as such.
      const text = bytes.toString("utf8").replaceAll("\u0000", "");
      await this.#db
        .update(deploymentInstances)
        .set({
          log: sql`right(${deploymentInstances.log} || ${text}, ${keptChars})`,
          logBytes: sql`${deploymentInstances.logBytes} + ${bytes.length}`,
        })
        .where(eq(deploymentInstances.id, id));
      await onText();
    };
    let flushing = Promise.resolve();
    const timer = setInterval(() => {
      flushing = flushing
        .then(flush)
        .catch((error: unknown) => this.#logger.warn(`log of ${id}: ${messageOf(error)}`));
    }, flushMs);
    try {
      for await (const chunk of provider.logs(handle, { sinceByte, follow: true, signal }))
        pending.push(chunk);
    } finally {
      clearInterval(timer);
      await flushing;
      await flush();
    }
  }
}
