import { describe, expect, it } from "vitest";
import type { InstanceState } from "./model.ts";
import {
  drainMs,
  failedProbes,
  nextInstanceStates,
  type Observation,
  type PlanInstance,
  planInstances,
  restartPauseMs,
  startMs,
  stepInstance,
  unhealthyMs,
} from "./state.ts";

const running = (failedInARow: number | null = 0): Observation => ({
  container: "running",
  ending: "",
  failedInARow,
});
const ended: Observation = { container: "exited", ending: "It ended with exit code 1.", failedInARow: null };
const away: Observation = { container: "unknown", ending: "", failedInARow: null };
const at = (state: InstanceState, since = 0) => ({ state, createdAt: 0, since });

describe("an instance", () => {
  it("becomes ready by its first good probe, and not before", () => {
    expect(stepInstance(at("starting"), running(0), 1000)).toEqual({ state: "ready", reason: "" });
    expect(stepInstance(at("starting"), running(9), 1000)).toBeNull();
    expect(stepInstance(at("starting"), running(9), startMs)?.state).toBe("stopped");
  });

  it("is out of use after three failed probes, back after a good one, replaced after half a minute", () => {
    expect(stepInstance(at("ready"), running(failedProbes - 1), 0)).toBeNull();
    expect(stepInstance(at("ready"), running(failedProbes), 0)?.state).toBe("unhealthy");
    expect(stepInstance(at("unhealthy"), running(0), 0)?.state).toBe("ready");
    expect(stepInstance(at("unhealthy"), running(9), unhealthyMs - 1)).toBeNull();
    expect(stepInstance(at("unhealthy"), running(9), unhealthyMs)?.state).toBe("stopped");
  });

  it("has stopped when its container has, with the reason", () => {
    for (const state of ["starting", "ready", "unhealthy"] as const) {
      expect(stepInstance(at(state), ended, 0)).toEqual({ state: "stopped", reason: ended.ending });
    }
  });

  it("drains before it stops, so that the gateway has heard of it", () => {
    expect(stepInstance(at("draining", 100), running(), drainMs + 99)).toBeNull();
    expect(stepInstance(at("draining", 100), running(), drainMs + 100)?.state).toBe("stopped");
    expect(stepInstance(at("draining", 100), ended, 101)?.state).toBe("stopped");
  });

  it("keeps its state while the engine does not answer", () => {
    for (const state of Object.keys(nextInstanceStates) as InstanceState[]) {
      expect(stepInstance(at(state), away, 1e9)).toBeNull();
    }
  });

  it("takes only steps of the table", () => {
    for (const state of Object.keys(nextInstanceStates) as InstanceState[]) {
      for (const seen of [running(0), running(9), running(null), ended, away]) {
        for (const now of [0, 1e9]) {
          const step = stepInstance(at(state), seen, now);
          if (step) expect(nextInstanceStates[state]).toContain(step.state);
        }
      }
    }
  });
});

function some(...list: [string, InstanceState, number?][]): PlanInstance[] {
  return list.map(([id, state, revision = 1], number) => ({ id, number, state, revision }));
}

describe("the plan", () => {
  it("starts what is missing under free numbers", () => {
    expect(planInstances([], 1, 2)).toEqual({ start: [0, 1], drain: [] });
    expect(planInstances(some(["a", "stopped"], ["b", "ready"]), 1, 2)).toEqual({ start: [0], drain: [] });
  });

  it("drains the surplus, the ready ones last", () => {
    expect(planInstances(some(["a", "starting"], ["b", "ready"]), 1, 1)).toEqual({ start: [], drain: ["a"] });
    expect(planInstances(some(["a", "ready"], ["b", "ready"]), 1, 0)).toEqual({
      start: [],
      drain: ["a", "b"],
    });
  });

  it("replaces an old revision only when the new one is ready", () => {
    const before = some(["old", "ready", 1]);
    expect(planInstances(before, 2, 1)).toEqual({ start: [0], drain: [] });
    const during = [...before, ...some(["new", "starting", 2])];
    expect(planInstances(during, 2, 1)).toEqual({ start: [], drain: [] });
    const after = [...before, ...some(["new", "ready", 2])];
    expect(planInstances(after, 2, 1)).toEqual({ start: [], drain: ["old"] });
  });
});

it("waits longer after each failure, a minute at most", () => {
  expect([0, 1, 2, 3, 20].map(restartPauseMs)).toEqual([0, 1000, 2000, 4000, 60_000]);
});
