import { messageOf } from "#lib/core/errors.ts";
import type { Services } from "#lib/services/services.ts";
import { studioLabel, workerLabel } from "../labels.ts";
import type { Providers } from "../providers.ts";
import { findOrStartWorker, type StartOptions, type Worker, type WorkerWish } from "./start-worker.ts";
import { WorkerGone } from "./worker-client.ts";

/** A worker that has done nothing for so long is ended. */
const idleMs = 10 * 60_000;

interface Kept {
  worker: Promise<Worker>;
  users: number;
}

/** How a worker was found at the last look, by its container: when its count of steps last changed. */
interface Seen {
  steps: number;
  at: number;
}

/**
 * The warm workers as one runner uses them. What runs is at the providers, found by label; this only keeps connections
 * and forgets a worker that does not answer any more, so that the next step starts a new one.
 */
export class WorkerPool {
  readonly #services: Services;
  readonly #providers: Providers;
  readonly studioId: string;
  readonly #kept = new Map<string, Kept>();
  readonly #ready = new Set<string>();
  readonly #seen = new Map<string, Seen>();

  constructor(services: Services, providers: Providers, studioId: string) {
    this.#services = services;
    this.#providers = providers;
    this.studioId = studioId;
  }

  /** Works with a worker, started when there is none. A worker that goes away meanwhile is not used again. */
  async use<T>(
    wish: WorkerWish,
    options: Omit<StartOptions, "studioId">,
    work: (worker: Worker) => Promise<T>,
  ): Promise<T> {
    const name = nameOf(wish);
    const kept = this.#keep(name, wish, options);
    kept.users += 1;
    try {
      return await work(await kept.worker);
    } catch (error) {
      if (error instanceof WorkerGone) await this.#drop(name, kept);
      throw error;
    } finally {
      kept.users -= 1;
    }
  }

  /** Whether a worker is known to be there, without a look at the provider. */
  isWarm(wish: WorkerWish): boolean {
    return this.#ready.has(nameOf(wish));
  }

  /** Starts a worker ahead of its first step. */
  async warm(wish: WorkerWish, options: Omit<StartOptions, "studioId"> = {}): Promise<void> {
    await this.use(wish, options, async (worker) => {
      if ((await worker.client.health()) === null) throw new WorkerGone("it does not answer");
    });
  }

  #keep(name: string, wish: WorkerWish, options: Omit<StartOptions, "studioId">): Kept {
    const known = this.#kept.get(name);
    if (known) return known;
    // A caller that gives up does not stop the start for the others.
    const { onLine } = options;
    const start = { studioId: this.studioId, ...(onLine ? { onLine } : {}) };
    const kept: Kept = { worker: findOrStartWorker(this.#services, wish, start), users: 0 };
    this.#kept.set(name, kept);
    kept.worker.then(
      () => this.#kept.get(name) === kept && this.#ready.add(name),
      () => this.#forget(name, kept),
    );
    return kept;
  }

  #forget(name: string, kept: Kept): void {
    if (this.#kept.get(name) !== kept) return;
    this.#kept.delete(name);
    this.#ready.delete(name);
  }

  /** One call that failed is no dead worker yet: it is asked, and removed when it is silent. */
  async #drop(name: string, kept: Kept): Promise<void> {
    const worker = await kept.worker.catch(() => null);
    if (worker && (await worker.client.health(5000)) !== null) return;
    this.#forget(name, kept);
    await worker?.provider.remove(worker.handle).catch((error: unknown) => {
      this.#services.logger.warn(`cannot remove a worker: ${messageOf(error)}`);
    });
  }

  /** Ends the workers that nobody uses, also those that a runner before this one left. */
  async reap(now = Date.now()): Promise<number> {
    let reaped = 0;
    for (const provider of this.#providers.values()) {
      const items = await provider.list({ [studioLabel]: this.studioId }).catch(() => []);
      for (const item of items.filter(({ labels }) => labels[workerLabel])) {
        const id = JSON.stringify(item.handle);
        const mine = await this.#findKept(id);
        const health = mine && (await mine.worker.client.health());
        const steps = health ? health.steps : -1;
        const before = this.#seen.get(id);
        const busy = (mine?.kept.users ?? 0) > 0 || (health?.running ?? 0) > 0;
        if (!before || before.steps !== steps || busy) this.#seen.set(id, { steps, at: now });
        else if (item.state !== "running" || now - before.at >= idleMs) {
          if (mine) this.#forget(mine.name, mine.kept);
          this.#seen.delete(id);
          await provider.remove(item.handle);
          reaped += 1;
        }
      }
    }
    return reaped;
  }

  async #findKept(id: string): Promise<{ name: string; kept: Kept; worker: Worker } | null> {
    for (const [name, kept] of this.#kept) {
      const worker = await kept.worker.catch(() => null);
      if (worker && JSON.stringify(worker.handle) === id) return { name, kept, worker };
    }
    return null;
  }
}

function nameOf({ workspaceId, environment, provider }: WorkerWish): string {
  return `${workspaceId} ${environment.digest} ${provider.type}`;
}
