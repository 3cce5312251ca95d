import { describe, expect, it } from "vitest";
import { readText } from "../testing/read-text.ts";
import { flattenGraph } from "./flatten.ts";

describe("pipeline components", () => {
  const outer = `type: pipeline
inputs:
  raw: {type: uri_folder, path: azureml:raw:1}
  rate: 0.75
outputs:
  result: {type: uri_folder, name: results}
jobs:
  first:
    type: pipeline
    component: azureml:both:1
    inputs: {raw: "\${{parent.inputs.raw}}", rate: "\${{parent.inputs.rate}}"}
    outputs: {clean: {name: kept}}
  second:
    type: pipeline
    component: azureml:both:1
    inputs: {raw: "\${{parent.jobs.first.outputs.clean}}"}
    outputs: {clean: "\${{parent.outputs.result}}"}
`;

  it("are replaced by what is in them, bindings followed through", () => {
    const found = readText(outer);
    expect(found.faults).toEqual([]);
    const flat = flattenGraph(found);
    expect(flat.nodes.map(({ name, inputs, outputs }) => ({ name, inputs, outputs }))).toEqual([
      {
        name: "first.one",
        inputs: { raw: { kind: "pipeline_input", name: "raw" }, rate: { kind: "literal", value: 0.75 } },
        outputs: {},
      },
      {
        name: "first.two",
        inputs: { raw: { kind: "output", node: "first.one", port: "clean" } },
        outputs: { clean: { bound: "clean", name: "kept" } },
      },
      {
        name: "second.one",
        inputs: {
          raw: { kind: "output", node: "first.two", port: "clean" },
          rate: { kind: "literal", value: 0.25 },
        },
        outputs: {},
      },
      {
        name: "second.two",
        inputs: { raw: { kind: "output", node: "second.one", port: "clean" } },
        outputs: { clean: { bound: "clean" } },
      },
    ]);
    expect(flat.outputs).toEqual({ result: { node: "second.two", port: "clean" } });
  });

  it("can be the whole job", () => {
    const found = readText(
      "type: pipeline\ncomponent: azureml:both:1\ninputs:\n  raw: {type: uri_folder, path: azureml:raw:1}\n  rate: 0.9\n",
    );
    expect(found.faults).toEqual([]);
    const flat = flattenGraph(found);
    expect(flat.nodes.map(({ name, inputs }) => [name, inputs.rate])).toEqual([
      ["one", { kind: "literal", value: 0.9 }],
      ["two", undefined],
    ]);
  });
});
