import type { InstanceState } from "./model.ts";

/** What can follow what. `stopped` is final: a replacement is a new instance. */
export const nextInstanceStates: Record<InstanceState, readonly InstanceState[]> = {
  starting: ["ready", "draining", "stopped"],
  ready: ["unhealthy", "draining", "stopped"],
  unhealthy: ["ready", "draining", "stopped"],
  draining: ["stopped"],
  stopped: [],
};

/** Longer than the gateway needs to hear of it (two seconds), so that nothing is sent to an instance that stops. */
export const drainMs = 5000;
/** A model that loads longer than this never will. */
export const startMs = 10 * 60_000;
/** An instance that stays away so long is replaced. */
export const unhealthyMs = 30_000;
/** Probes in a row that must fail before an instance is out of use: one may be lost to a busy moment. */
export const failedProbes = 3;

export interface InstanceView {
  state: InstanceState;
  createdAt: number;
  /** When it came into its state. */
  since: number;
}

export interface Observation {
  /** `unknown`: the engine did not answer, which says nothing about the instance. */
  container: "created" | "running" | "exited" | "missing" | "unknown";
  /** How it ended, for people. */
  ending: string;
  /** Failed readiness probes in a row; 0 after one that succeeded. Null when it was not asked. */
  failedInARow: number | null;
}

export interface InstanceStep {
  state: InstanceState;
  reason: string;
}

/** What becomes of an instance by what is seen of it; null: nothing new. `stopped` includes ending and removing it. */
export function stepInstance(instance: InstanceView, seen: Observation, now: number): InstanceStep | null {
  const { state } = instance;
  if (state === "stopped" || seen.container === "unknown") return null;
  const gone = seen.container === "exited" || seen.container === "missing";
  if (state === "draining") {
    return gone || now - instance.since >= drainMs ? { state: "stopped", reason: "" } : null;
  }
  if (gone) return { state: "stopped", reason: seen.ending };
  if (seen.failedInARow === 0) return state === "ready" ? null : { state: "ready", reason: "" };
  switch (state) {
    case "starting":
      if (now - instance.createdAt < startMs) return null;
      return { state: "stopped", reason: `The model was not ready after ${startMs / 60_000} minutes.` };
    case "ready":
      if ((seen.failedInARow ?? 0) < failedProbes) return null;
      return { state: "unhealthy", reason: "It does not answer when asked whether it is ready." };
    case "unhealthy":
      if (now - instance.since < unhealthyMs) return null;
      return { state: "stopped", reason: `It did not answer for ${unhealthyMs / 1000} seconds.` };
  }
}

export interface PlanInstance {
  id: string;
  number: number;
  revision: number;
  state: InstanceState;
}

export interface Plan {
  /** Numbers of the instances to start. */
  start: number[];
  /** Ids of those to take out of use. */
  drain: string[];
}

/**
 * What to start and what to drain, so that `wanted` instances of the newest revision run. Those of an older one stay
 * until enough new ones are ready, so that a change costs no request.
 */
export function planInstances(instances: readonly PlanInstance[], revision: number, wanted: number): Plan {
  const live = instances.filter(({ state }) => state !== "stopped" && state !== "draining");
  const current = live.filter((instance) => instance.revision === revision);
  const old = live.filter((instance) => instance.revision !== revision);
  const ready = current.filter(({ state }) => state === "ready");
  const taken = new Set(current.map(({ number }) => number));
  const start: number[] = [];
  for (let number = 0; taken.size + start.length < wanted; number++) {
    if (!taken.has(number)) start.push(number);
  }
  const surplus = [...current].sort(byUse).slice(wanted);
  const outdated = ready.length >= wanted ? old : [];
  return { start, drain: [...surplus, ...outdated].map(({ id }) => id) };
}

/** The useful first: ready ones, then the others; the oldest number first. */
function byUse(a: PlanInstance, b: PlanInstance): number {
  const rank = ({ state }: PlanInstance) => (state === "ready" ? 0 : 1);
  return rank(a) - rank(b) || a.number - b.number;
}

/** How long to wait before the next try after `failures` in a row: 1 s, 2 s, 4 s … one minute. */
export function restartPauseMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(60_000, 1000 * 2 ** (failures - 1));
}

/** A revision whose first instances all failed so often is given up. */
export const triesOfRevision = 3;
