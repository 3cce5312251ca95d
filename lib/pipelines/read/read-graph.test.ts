import { describe, expect, it } from "vitest";
import { loadSpecText } from "#lib/spec/load-text.ts";
import { graphHash } from "../graph-hash.ts";
import { flattenGraph } from "../plan/flatten.ts";
import { planGraph } from "../plan/plan-graph.ts";
import { sampleLookup, trainingPipeline } from "../testing/sample-lookup.ts";
import { readPipelineDocument } from "./read-document.ts";
import { readGraph } from "./read-graph.ts";

const lookup = sampleLookup();

function read(text: string) {
  const { spec, document } = loadSpecText(text, { kind: "job", fileName: "p.yml" });
  if (spec.type !== "pipeline") throw new Error("no pipeline");
  return readGraph(spec, lookup, { document });
}

/** Faults as `line path: message`. */
function faultsOf(text: string): string[] {
  return readPipelineDocument(text, lookup, "p.yml").faults.map(
    ({ line, path, message, severity }) =>
      `${line} ${severity === "warning" ? "(warning) " : ""}${path}: ${message}`,
  );
}

const change = (from: string, to: string) => {
  expect(trainingPipeline).toContain(from);
  return trainingPipeline.replace(from, to);
};

describe("a graph without faults", () => {
  it("has each step with its component, bindings and outputs", () => {
    const { graph, faults } = read(trainingPipeline);
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
    const plan = planGraph(flattenGraph(read(trainingPipeline)));
    expect(plan.map(({ node, needs, priority }) => [node.name, needs, priority])).toEqual([
      ["clean", [], 12],
      ["learner", [], 12],
      ["train", ["clean", "learner"], 11],
      ["score", ["clean", "train"], 1],
    ]);
  });

  it("has a hash of its work, not of its drawing", () => {
    const hash = graphHash(read(trainingPipeline).graph);
    const moved = `${change("    display_name: Train\n", "    display_name: Other\n    comment: hm\n")}designer: {positions: {clean: [1, 2]}}\n`;
    expect(graphHash(read(moved).graph)).toBe(hash);
    const [head = "", rest = ""] = trainingPipeline.split("jobs:\n");
    const steps = rest.split(/(?=^ {2}\w)/m);
    expect(graphHash(read(`${head}jobs:\n${steps.toReversed().join("")}`).graph)).toBe(hash);
    expect(graphHash(read(change("l2: 0.1", "l2: 0.2")).graph)).not.toBe(hash);
    expect(graphHash(read(change("label_column: y", "label_column: z")).graph)).not.toBe(hash);
  });
});

describe("faults name step, port and line", () => {
  it.each<[string, string, string[]]>([
    [
      "an unknown component",
      change("atelier:score_model", "atelier:scor_model"),
      [
        "25 jobs.score.component: There is no component “scor_model” for the step “score”. Did you mean “score_model”?",
      ],
    ],
    [
      "an unknown port",
      change("dataset: ${{parent.inputs.bank}}", "datset: ${{parent.inputs.bank}}"),
      [
        "11 jobs.clean.inputs.datset: “clean” has no input “datset”. Did you mean “dataset”?",
        "10 jobs.clean.inputs.dataset: “clean” needs the input “dataset”, which is not set.",
      ],
    ],
    [
      "a missing step",
      change("${{parent.jobs.learner.outputs", "${{parent.jobs.lerner.outputs"),
      [
        "19 jobs.train.inputs.untrained_model: “train” is bound to the step “lerner”, which there is not. Did you mean “learner”?",
      ],
    ],
    [
      "a missing output",
      change("learner.outputs.untrained_model", "learner.outputs.model"),
      [
        "19 jobs.train.inputs.untrained_model: The step “learner” has no output “model”. It has untrained_model.",
      ],
    ],
    [
      "types that do not fit",
      change(
        "${{parent.jobs.train.outputs.trained_model}}",
        "${{parent.jobs.clean.outputs.cleaned_dataset}}",
      ),
      [
        "27 jobs.score.inputs.trained_model: Needs a trained model, this is a table: clean.cleaned_dataset → score.trained_model.",
      ],
    ],
    [
      "a parameter without a value",
      change("      label_column: y\n", ""),
      ["18 jobs.train.inputs.label_column: “train” needs the parameter “label_column”, which is not set."],
    ],
    [
      "a hidden parameter only when it is shown",
      change(
        "      dataset: ${{parent.inputs.bank}}\n",
        "      dataset: ${{parent.inputs.bank}}\n      cleaning_mode: custom_value\n",
      ),
      [
        "10 jobs.clean.inputs.replacement_value: “clean” needs the parameter “replacement_value”, which is not set.",
      ],
    ],
    [
      "a word that is none of those",
      change(
        "      dataset: ${{parent.inputs.bank}}\n",
        "      dataset: ${{parent.inputs.bank}}\n      cleaning_mode: meen\n",
      ),
      [
        "12 jobs.clean.inputs.cleaning_mode: “clean.cleaning_mode” must be one of mean, custom_value. Did you mean “mean”?",
      ],
    ],
    [
      "a number out of its bounds, through an input of the pipeline",
      change("l2: 0.1", "l2: -1"),
      [
        "14 jobs.learner.inputs.l2_weight: “learner.l2_weight” must be 0 or more. It is the pipeline input “l2”.",
      ],
    ],
    [
      "an input of the pipeline that is not declared",
      change("${{parent.inputs.l2}}", "${{parent.inputs.l3}}"),
      [
        "14 jobs.learner.inputs.l2_weight: “learner” is bound to the pipeline input “l3”, which is not declared. Did you mean “l2”?",
      ],
    ],
    [
      "an output of the pipeline that is not declared",
      change("${{parent.outputs.model}}", "${{parent.outputs.modell}}"),
      [
        "23 jobs.train.outputs.trained_model: “train.trained_model” is bound to the pipeline output “modell”, which is not declared. Did you mean “model”?",
        "6 (warning) outputs.model: No step is bound to the pipeline output “model”, so it will be empty.",
      ],
    ],
    [
      "a value where data belongs",
      change("${{parent.inputs.bank}}", "${{parent.inputs.l2}}"),
      [
        "11 jobs.clean.inputs.dataset: “clean.dataset” takes a table, and the pipeline input “l2” is a value.",
      ],
    ],
    [
      "data without a value",
      change("{type: uri_file, path: azureml:bank-marketing@latest}", "{type: uri_file}"),
      ["3 inputs.bank: Required input “bank” of the pipeline not provided: give it a value or a path."],
    ],
  ])("for %s", (_, text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  it("for a cycle, naming its steps", () => {
    const text = change(
      "dataset: ${{parent.inputs.bank}}",
      "dataset: ${{parent.jobs.score.outputs.scored_dataset}}",
    );
    expect(faultsOf(text)).toEqual([
      "28 jobs.score.inputs.dataset: The steps wait for each other in a cycle: score → clean → score.",
    ]);
    const own = change(
      "dataset: ${{parent.inputs.bank}}",
      "dataset: ${{parent.jobs.clean.outputs.cleaned_dataset}}",
    );
    expect(faultsOf(own)).toEqual(["11 jobs.clean.inputs.dataset: The step “clean” needs its own output."]);
  });

  it("for steps that cannot be read, beside the graph of the others", () => {
    const text = `${trainingPipeline}  extra: {type: sweep}\n  more:\n    component: atelier:score_model\n    inputs:\n      trained_model: {path: x, typ: y}\n`;
    const { graph, faults } = readPipelineDocument(text, lookup, "p.yml");
    expect(graph?.nodes.map(({ name }) => name)).toEqual(["clean", "learner", "train", "score"]);
    expect(faults.map(({ node, line, message }) => `${line} ${node}: ${message}`)).toEqual([
      "29 extra: Steps of type sweep are not supported yet: no sweeps.",
      "33 more: is not a known key. Did you mean “type”?",
    ]);
    expect(readPipelineDocument("a: [", lookup).graph).toBeNull();
    expect(readPipelineDocument("a: [", lookup).faults[0]?.line).toBeDefined();
  });
});

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
    const found = read(outer);
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
    const found = read(
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

it("reads commands written out in their nodes, their interface made of what they are given", () => {
  const found = read(`type: pipeline
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
