import { expect, it } from "vitest";
import { readMiniGraph } from "./read-mini-graph.ts";

const pipeline = `type: pipeline
inputs:
  bank: {type: uri_file, path: azureml:bank@latest}
  rate: 0.1
jobs:
  clean:
    component: x
    inputs:
      dataset: \${{parent.inputs.bank}}
      rate: \${{parent.inputs.rate}}
  train:
    component: y
    inputs:
      dataset: {path: "\${{ parent.jobs.clean.outputs.out }}"}
`;

it("reads steps, data and what feeds what; a parameter is no node", () => {
  const { nodes, edges } = readMiniGraph(pipeline);
  expect(nodes.map(({ id, isData }) => [id, isData])).toEqual([
    ["inputs.bank", true],
    ["clean", false],
    ["train", false],
  ]);
  expect(edges).toEqual([
    { from: "inputs.bank", to: "clean" },
    { from: "clean", to: "train" },
  ]);
});

it("puts what has no place into rows, and takes the places there are", () => {
  expect(readMiniGraph(pipeline).nodes.map(({ y }) => y)).toEqual([0, 104, 208]);
  const placed = `${pipeline}designer: {positions: {train: [10, 20]}}`;
  expect(readMiniGraph(placed).nodes.find(({ id }) => id === "train")).toMatchObject({ x: 10, y: 20 });
});

it("finds nothing in what is no pipeline, and survives a cycle", () => {
  expect(readMiniGraph("[1, 2")).toEqual({ nodes: [], edges: [] });
  expect(readMiniGraph("type: command").nodes).toEqual([]);
  const cycle =
    "jobs:\n  a: {inputs: {x: '${{parent.jobs.b.outputs.o}}'}}\n  b: {inputs: {x: '${{parent.jobs.a.outputs.o}}'}}";
  expect(readMiniGraph(cycle).nodes).toHaveLength(2);
});
