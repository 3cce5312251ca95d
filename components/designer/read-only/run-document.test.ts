import { expect, it } from "vitest";
import * as Y from "yjs";
import { openDocument } from "#lib/designer/document/open-document.ts";
import type { GraphNode, RunGraph } from "#lib/pipelines/model.ts";
import { createCanvasReader } from "../model/canvas-model.ts";
import { readStates } from "../run/node-state.ts";
import { lookupOfRun, withWrittenRefs, writeRunDocument } from "./run-document.ts";

const component = (name: string): GraphNode["component"] => ({
  kind: "module",
  name,
  version: "1",
  displayName: name,
  description: "",
  help: "",
  category: "training",
  icon: "box",
  isDeterministic: true,
  cost: "light",
  inputs: [{ name: "dataset", displayName: "Dataset", type: "data_frame", optional: false, description: "" }],
  parameters: [],
  outputs: [{ name: "out", displayName: "Out", type: "data_frame", optional: false, description: "" }],
  digest: "",
  ref: `atelier:${name}`,
});
const node = (name: string, more: Partial<GraphNode>): GraphNode => ({
  name,
  displayName: name,
  type: "command",
  component: component(name),
  ref: `atelier:${name}`,
  inputs: {},
  outputs: {},
  ...more,
});
const run: RunGraph = {
  run: "r1",
  status: "Completed",
  graphHash: "h",
  graph: {
    inputs: { bank: { kind: "data", type: "uri_file", path: "azureml:bank:3", optional: false } },
    outputs: {},
    nodes: [
      node("clean", {
        inputs: { dataset: { kind: "pipeline_input", name: "bank" }, rate: { kind: "literal", value: 0.1 } },
      }),
      node("own", { ref: "", inputs: { dataset: { kind: "output", node: "clean", port: "out" } } }),
    ],
    settings: { continueOnStepFailure: false, forceRerun: false },
  },
  nodes: ["clean", "own"].map((name) => ({
    name,
    displayName: name,
    runName: `r1_${name}`,
    status: "Completed" as const,
    reusedRunName: name === "clean" ? "r0_clean" : null,
    startedAt: 1,
    endedAt: 2,
    fact: null,
    error: null,
    progress: null,
  })),
  designer: { positions: { clean: [10, 20], own: [10, 120], "inputs.bank": [10, -80] } },
};

it("draws a run as a draft is drawn: places, lines, ports and states", () => {
  const document = openDocument(new Y.Doc());
  document.setText(writeRunDocument(run));
  const model = createCanvasReader()(document.getGraphDocument(), lookupOfRun(run));
  expect(model.nodes.map(({ id, at }) => [id, at])).toEqual([
    ["inputs.bank", { x: 10, y: -80 }],
    ["clean", { x: 10, y: 20 }],
    ["own", { x: 10, y: 120 }],
  ]);
  expect(model.edges.map(({ from, to, toPort }) => [from, to, toPort])).toEqual([
    ["inputs.bank", "clean", "dataset"],
    ["clean", "own", "dataset"],
  ]);
  const states = readStates(withWrittenRefs(run), model, new Map());
  expect([...states].map(([id, { kind, edited }]) => [id, kind, edited])).toEqual([
    ["clean", "reused", false],
    ["own", "completed", false],
  ]);
});
