import { expect, it } from "vitest";
import type { StepState } from "#lib/pipelines/model.ts";
import { countSteps, describeCounts, describeStep, inOrder, stepDurationMs } from "./step-words.ts";

const step = (more: Partial<StepState>): StepState => ({
  name: "a",
  displayName: "A",
  runName: "r_a",
  status: "Completed",
  reusedRunName: null,
  startedAt: 1000,
  endedAt: 3500,
  fact: null,
  error: null,
  progress: null,
  ...more,
});

it("says reused in place of completed, and that it took nothing", () => {
  const reused = step({ reusedRunName: "old" });
  expect(describeStep(reused)).toEqual({ kind: "reused", word: "Reused" });
  expect(stepDurationMs(reused)).toBeNull();
  expect(describeStep(step({ status: "Failed", reusedRunName: null })).kind).toBe("failed");
  expect(stepDurationMs(step({}))).toBe(2500);
  expect(stepDurationMs(step({ endedAt: null }))).toBeNull();
});

it("counts steps in words", () => {
  const steps = [
    step({}),
    step({ reusedRunName: "old" }),
    step({ status: "Failed" }),
    step({ status: "Queued" }),
  ];
  expect(describeCounts(countSteps(steps))).toBe("3 of 4 steps, 1 reused, 1 failed");
  expect(describeCounts(countSteps([step({})]))).toBe("1 step");
});

it("lists what began first at the top and what waits at the end", () => {
  const steps = [
    step({ name: "waits", startedAt: null }),
    step({ name: "second", startedAt: 20 }),
    step({ name: "first", startedAt: 10 }),
  ];
  expect(inOrder(steps).map(({ name }) => name)).toEqual(["first", "second", "waits"]);
});
