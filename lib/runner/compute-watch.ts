import { sql } from "drizzle-orm";
import { computeStatus, computeTargets } from "#db/schema/index.ts";
import type { ComputeCapabilities, ComputeProvider } from "#lib/compute/port.ts";
import { publish } from "#lib/live/outbox.ts";
import type { Services } from "#lib/services/services.ts";

/**
 * Looks at every provider and writes down what it saw: the web process never asks an engine, and `/readyz` takes the
 * runner for alive by these rows.
 */
export class ComputeWatch {
  readonly #services: Services;
  readonly #providers: ReadonlyMap<string, ComputeProvider>;
  readonly #seen = new Map<string, ComputeCapabilities>();

  constructor(services: Services, providers: ReadonlyMap<string, ComputeProvider>) {
    this.#services = services;
    this.#providers = providers;
  }

  async look(): Promise<void> {
    await Promise.all(
      [...this.#providers].map(async ([name, provider]) => {
        const before = this.#seen.get(name)?.available;
        const found = await provider.capabilities();
        this.#seen.set(name, found);
        await this.#write(name, found);
        if (before !== undefined && before !== found.available) await this.#tell(name, found.available);
      }),
    );
  }

  find(provider: string): ComputeCapabilities | undefined {
    return this.#seen.get(provider);
  }

  /** The providers that answer, each with how many runs it takes at once in all workspaces together. */
  capacity(): Map<string, number> {
    const open = new Map<string, number>();
    for (const [name, { available, cpus }] of this.#seen)
      if (available) open.set(name, Math.max(4, cpus * 2));
    return open;
  }

  async #write(provider: string, found: ComputeCapabilities): Promise<void> {
    const set = {
      available: found.available,
      reason: found.reason ?? "",
      cpus: found.cpus,
      memoryMib: found.memoryMib,
      seenAt: new Date(),
    };
    await this.#services.db
      .insert(computeStatus)
      .values({ provider, ...set })
      .onConflictDoUpdate({ target: computeStatus.provider, set });
  }

  async #tell(provider: string, available: boolean): Promise<void> {
    const { db } = this.#services;
    const targets = await db
      .select()
      .from(computeTargets)
      .where(sql`${computeTargets.provider} = ${provider}`);
    for (const { workspaceId, name } of targets) {
      await publish(db, { workspaceId, kind: "compute", name, event: "status", data: { available } });
    }
  }
}
