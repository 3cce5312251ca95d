import { expect, it } from "vitest";
import type { Binding, RunGraph, StepState } from "#lib/pipelines/model.ts";
import { compareSteps } from "./compare-steps.ts";

function step(name: string, run: string, more: Partial<StepState> = {}): StepState {
  return {
    name,
    displayName: name,
    runName: `${run}_${name}`,
    status: "Completed",
    reusedRunName: null,
    startedAt: 0,
    endedAt: 1000,
    fact: null,
    error: null,
    progress: null,
    ...more,
  };
}

function graph(
  run: string,
  inputs: Record<string, Record<string, Binding>>,
  steps: StepState[],
  rate = 0.1,
): RunGraph {
  return {
    run,
    status: "Completed",
    graphHash: run,
    designer: null,
    nodes: steps,
    graph: {
      inputs: { rate: { kind: "literal", type: "number", value: rate, optional: false } },
      outputs: {},
      settings: { continueOnStepFailure: false, forceRerun: false },
      nodes: Object.entries(inputs).map(([name, bindings]) => ({
        name,
        displayName: name,
        type: "command" as const,
        component: null,
        ref: `azureml:${name}:1`,
        inputs: bindings,
        outputs: {},
      })),
    },
  };
}

const trees = (value: number): Binding => ({ kind: "literal", value });
const rate: Binding = { kind: "pipeline_input", name: "rate" };

it("finds changed settings, promoted ones too, states, times and metrics", () => {
  const left = {
    graph: graph("a", { train: { trees: trees(100), rate }, score: {} }, [
      step("train", "a"),
      step("score", "a"),
    ]),
    metrics: new Map([["a_train", { AUC: 0.8, Rows: 10 }]]),
  };
  const right = {
    graph: graph(
      "b",
      { train: { trees: trees(200), rate }, score: {} },
      [step("train", "b", { endedAt: 3000 }), step("score", "b", { status: "Failed" })],
      0.05,
    ),
    metrics: new Map([["b_train", { AUC: 0.81, Rows: 10 }]]),
  };
  const [train, score] = compareSteps(left, right);
  expect(train).toMatchObject({
    settings: [
      { name: "trees", before: "100", after: "200" },
      { name: "rate", before: "0.1", after: "0.05" },
    ],
    metrics: [{ name: "AUC", before: 0.8, after: 0.81 }],
    durationChangeMs: 2000,
    differs: true,
  });
  expect(score).toMatchObject({ settings: [], differs: true });
});

it("says what only one of them has, and that equal steps do not differ; a reused step took no time", () => {
  const left = {
    graph: graph("a", { one: {}, old: {} }, [step("one", "a"), step("old", "a")]),
    metrics: new Map(),
  };
  const right = {
    graph: graph("b", { one: {} }, [step("one", "b", { reusedRunName: "a_one" })]),
    metrics: new Map(),
  };
  const found = compareSteps(left, right);
  expect(found.map(({ name, differs, durationChangeMs }) => [name, differs, durationChangeMs])).toEqual([
    ["one", false, null],
    ["old", true, null],
  ]);
});
