import { GatewayError } from "./errors.ts";
import type { DeploymentRoute, InstanceRoute, RoutingTable } from "./table.ts";

/** One request's place at an instance. `release` may be called twice. */
export interface Slot {
  instance: InstanceRoute;
  waitedMs: number;
  release(): void;
}

interface Waiter {
  admit(instance: InstanceRoute): void;
  excluded: ReadonlySet<string>;
}

interface Gate {
  deployment: DeploymentRoute;
  active: Map<string, number>;
  waiting: Waiter[];
}

/**
 * Lets so many requests at once to each instance as its deployment allows. The others wait in line for a short time, then
 * get a 429. The count outlives a refresh of the table, since requests do.
 */
export class Slots {
  readonly #gates = new Map<string, Gate>();

  /** Forgets what is gone and lets those who wait to new instances. */
  update(table: RoutingTable): void {
    const known = new Set<string>();
    for (const endpoint of table.values()) {
      for (const deployment of endpoint.deployments.values()) {
        known.add(deployment.id);
        const gate = this.#gates.get(deployment.id);
        if (!gate) continue;
        gate.deployment = deployment;
        admitWaiting(gate);
      }
    }
    for (const [id, gate] of this.#gates) {
      if (!known.has(id) && gate.active.size === 0 && gate.waiting.length === 0) this.#gates.delete(id);
    }
  }

  /**
   * Takes the least busy instance that is not in `excluded`. Null when there is none at all; rejects with a 429 when all
   * stay busy for `maxQueueWaitMs`.
   */
  async take(deployment: DeploymentRoute, excluded: ReadonlySet<string>): Promise<Slot | null> {
    const gate = this.#gates.get(deployment.id) ?? { deployment, active: new Map(), waiting: [] };
    this.#gates.set(deployment.id, gate);
    gate.deployment = deployment;
    if (deployment.instances.every((instance) => excluded.has(instance.id))) return null;
    const free = gate.waiting.length === 0 ? findFree(gate, excluded) : null;
    if (free) return occupy(gate, free, 0);
    const started = performance.now();
    const instance = await waitInLine(gate, excluded);
    return occupied(gate, instance, performance.now() - started);
  }
}

function findFree(gate: Gate, excluded: ReadonlySet<string>): InstanceRoute | null {
  let best: InstanceRoute | null = null;
  let least = gate.deployment.maxConcurrentRequestsPerInstance;
  for (const instance of gate.deployment.instances) {
    const active = gate.active.get(instance.id) ?? 0;
    if (excluded.has(instance.id) || active >= least) continue;
    best = instance;
    least = active;
  }
  return best;
}

function occupy(gate: Gate, instance: InstanceRoute, waitedMs: number): Slot {
  gate.active.set(instance.id, (gate.active.get(instance.id) ?? 0) + 1);
  return occupied(gate, instance, waitedMs);
}

function occupied(gate: Gate, instance: InstanceRoute, waitedMs: number): Slot {
  let held = true;
  return {
    instance,
    waitedMs,
    release() {
      if (!held) return;
      held = false;
      const left = (gate.active.get(instance.id) ?? 1) - 1;
      if (left > 0) gate.active.set(instance.id, left);
      else gate.active.delete(instance.id);
      admitWaiting(gate);
    },
  };
}

function waitInLine(gate: Gate, excluded: ReadonlySet<string>): Promise<InstanceRoute> {
  return new Promise((resolve, reject) => {
    const waitMs = gate.deployment.maxQueueWaitMs;
    const waiter: Waiter = {
      excluded,
      admit(instance) {
        clearTimeout(timer);
        resolve(instance);
      },
    };
    const timer = setTimeout(() => {
      gate.waiting.splice(gate.waiting.indexOf(waiter), 1);
      reject(
        new GatewayError(
          429,
          `Deployment “${gate.deployment.name}” is busy: no place became free within ${waitMs} ms. Try again, or raise its instances.`,
        ),
      );
    }, waitMs);
    gate.waiting.push(waiter);
  });
}

/** First come, first served. The place is taken here, before the one who waited goes on. */
function admitWaiting(gate: Gate): void {
  for (const waiter of [...gate.waiting]) {
    const free = findFree(gate, waiter.excluded);
    if (!free) continue;
    gate.waiting.splice(gate.waiting.indexOf(waiter), 1);
    gate.active.set(free.id, (gate.active.get(free.id) ?? 0) + 1);
    waiter.admit(free);
  }
}
