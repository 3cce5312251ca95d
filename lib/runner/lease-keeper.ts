import { messageOf } from "#lib/core/errors.ts";
import { withTimeout } from "#lib/core/time.ts";
import type { Services } from "#lib/services/services.ts";
import { leaseSeconds } from "./claim.ts";
import { type AttemptRow, LeaseLost } from "./held-attempt.ts";

const beatMs = 1500;
/** An answer later than this is of no use: the lease may have ended by then. */
const beatTimeoutMs = 3000;

interface Kept {
  fence: number;
  lost: AbortController;
  cancel: AbortController;
}

/** Renews the leases of all attempts of this runner with one statement, and hears of requests to cancel in its answer. */
export class LeaseKeeper {
  readonly #services: Services;
  readonly #owner: string;
  readonly #kept = new Map<string, Kept>();
  #renewedAt = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;

  constructor(services: Services, owner: string) {
    this.#services = services;
    this.#owner = owner;
  }

  start(): void {
    this.#timer = setInterval(() => void this.beat(), beatMs);
  }

  /** The signals of an attempt that was just claimed. */
  keep(attempt: AttemptRow): { lost: AbortSignal; cancel: AbortSignal } {
    const kept = { fence: attempt.fence, lost: new AbortController(), cancel: new AbortController() };
    this.#kept.set(attempt.id, kept);
    return { lost: kept.lost.signal, cancel: kept.cancel.signal };
  }

  release(attempt: AttemptRow): void {
    if (this.#kept.get(attempt.id)?.fence === attempt.fence) this.#kept.delete(attempt.id);
  }

  /** Renews now; several callers share one statement. */
  beat(): Promise<void> {
    this.#beating ??= withTimeout(beatTimeoutMs, (signal) => this.#renew(signal)).finally(() => {
      this.#beating = undefined;
    });
    return this.#beating;
  }

  async #renew(signal: AbortSignal): Promise<void> {
    const kept = [...this.#kept];
    if (kept.length === 0) {
      this.#renewedAt = Date.now();
      return;
    }
    try {
      const query = this.#services.sql<{ id: string; cancel: boolean }[]>`
        update attempts a set lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
        from runs r, unnest(${kept.map(([id]) => id)}::text[], ${kept.map(([, { fence }]) => fence)}::bigint[]) k(id, fence)
        where a.id = k.id and a.fence = k.fence and a.state = 'claimed' and r.id = a.run_id
        returning a.id, r.cancel_requested_at is not null as cancel`;
      const late = new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      const rows = await Promise.race([query, late]);
      this.#renewedAt = Date.now();
      const seen = new Map(rows.map((row) => [row.id, row.cancel]));
      for (const [id, { lost, cancel }] of kept) {
        if (!seen.has(id)) lost.abort(new LeaseLost("another runner has the attempt"));
        else if (seen.get(id)) cancel.abort(new Error("the run is to be canceled"));
      }
    } catch (error) {
      this.#services.logger.warn(`leases not renewed: ${messageOf(error)}`);
      if (Date.now() - this.#renewedAt < leaseSeconds * 1000) return;
      for (const [, { lost }] of kept) lost.abort(new LeaseLost("the database does not answer"));
    }
  }

  /** Lets go of everything at once, so that the next runner need not wait for the leases to end. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const { lost } of this.#kept.values()) lost.abort(new LeaseLost("this runner stops"));
    await this.#services.sql`
      update attempts set lease_expires_at = now() where lease_owner = ${this.#owner} and state = 'claimed'`;
  }
}
