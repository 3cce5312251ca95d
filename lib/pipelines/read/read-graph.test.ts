import { describe, expect, it } from "vitest";
import { graphHash } from "../graph-hash.ts";
import { flattenGraph } from "../plan/flatten.ts";
import { planGraph } from "../plan/plan-graph.ts";
import { changeTraining, readText } from "../testing/read-text.ts";
import { trainingPipeline } from "../testing/sample-lookup.ts";

describe("a graph without faults", () => {
  it("has each step with its component, bindings and outputs", () => {
    const { graph, faults } = readText(trainingPipeline);
    expect(faults).toEqual([]);
    expect(graph.nodes.map(({ name, displayName }) => [name, displayName])).toEqual([
      ["clean", "clean_missing_data"],
      ["learner", "two_class_logistic_regression"],
      ["train", "Train"],
      ["score", "score_model"],
    ]);
    expect(graph.nodes[2]).toMatchObject({
      ref: "atelier:train_model",
      inputs: {
        dataset: { kind: "output", node: "clean", port: "cleaned_dataset" },
        label_column: { kind: "literal", value: "y" },
      },
      outputs: { trained_model: { bound: "model" } },
    });
    expect(graph.outputs.model?.source).toEqual({ node: "train", port: "trained_model" });
    expect(graph.inputs.bank).toMatchObject({
      kind: "data",
      type: "uri_file",
      path: "azureml:bank-marketing@latest",
    });
  });

  it("is ordered, the longest way first", () => {
    const plan = planGraph(flattenGraph(readText(trainingPipeline)));
    expect(plan.map(({ node, needs, priority }) => [node.name, needs, priority])).toEqual([
      ["clean", [], 12],
      ["learner", [], 12],
      ["train", ["clean", "learner"], 11],
      ["score", ["clean", "train"], 1],
    ]);
  });

  it("has a hash of its work, not of its drawing", () => {
    const hash = graphHash(readText(trainingPipeline).graph);
    const moved = `${changeTraining("    display_name: Train\n", "    display_name: Other\n    comment: hm\n")}designer: {positions: {clean: [1, 2]}}\n`;
    expect(graphHash(readText(moved).graph)).toBe(hash);
    const [head = "", rest = ""] = trainingPipeline.split("jobs:\n");
    const steps = rest.split(/(?=^ {2}\w)/m);
    expect(graphHash(readText(`${head}jobs:\n${steps.toReversed().join("")}`).graph)).toBe(hash);
    expect(graphHash(readText(changeTraining("l2: 0.1", "l2: 0.2")).graph)).not.toBe(hash);
    expect(graphHash(readText(changeTraining("label_column: y", "label_column: z")).graph)).not.toBe(hash);
  });
});

it("reads commands written out in their nodes, their interface made of what they are given", () => {
  const found = readText(`type: pipeline
inputs: {rate: 0.1, cluster: pool, minutes: 5, raw: {type: uri_file, path: azureml:raw:1}}
jobs:
  a:
    command: echo \${{inputs.rate}} \${{inputs.word}} > \${{outputs.out}}
    environment: {image: base}
    inputs: {rate: "\${{parent.inputs.rate}}", word: "v\${{parent.inputs.rate}}", raw: "\${{parent.inputs.raw}}"}
    outputs: {out: {type: uri_file}}
    compute: \${{parent.inputs.cluster}}
    environment_variables: {RATE: "\${{parent.inputs.rate}}"}
    resources: {instance_count: "\${{parent.inputs.minutes}}"}
    limits: {timeout: "\${{parent.inputs.minutes}}"}
  b:
    command: cat \${{inputs.from_a}}
    environment: {image: base}
    inputs: {from_a: "\${{parent.jobs.a.outputs.out}}", again: "\${{parent.jobs.a.inputs.rate}}"}
`);
  expect(found.faults).toEqual([]);
  expect(found.graph.nodes[0]?.component).toMatchObject({
    kind: "command",
    inputs: [{ name: "raw", type: "uri_file" }],
    parameters: [
      { name: "rate", type: "number" },
      { name: "word", type: "string" },
    ],
  });
  expect(found.graph.nodes[1]?.component?.inputs).toMatchObject([{ name: "from_a", type: "uri_file" }]);
  const [a, b] = flattenGraph(found).nodes;
  expect(a).toMatchObject({
    compute: "pool",
    inputs: { word: { kind: "literal", value: "v0.1" } },
    environmentVariables: { RATE: "0.1" },
    resources: { instance_count: 5 },
    limits: { timeoutSeconds: 5 },
  });
  expect(b?.inputs.again).toEqual({ kind: "literal", value: 0.1 });
});
