import { describe, expect, it } from "vitest";
import { changeTraining, lookup } from "../testing/read-text.ts";
import { trainingPipeline } from "../testing/sample-lookup.ts";
import { readPipelineDocument } from "./read-document.ts";

/** Faults as `line path: message`. */
function faultsOf(text: string): string[] {
  return readPipelineDocument(text, lookup, "p.yml").faults.map(
    ({ line, path, message, severity }) =>
      `${line} ${severity === "warning" ? "(warning) " : ""}${path}: ${message}`,
  );
}

describe("faults name step, port and line", () => {
  it.each<[string, string, string[]]>([
    [
      "an unknown component",
      changeTraining("atelier:score_model", "atelier:scor_model"),
      [
        "25 jobs.score.component: There is no component “scor_model” for the step “score”. Did you mean “score_model”?",
      ],
    ],
    [
      "an unknown port",
      changeTraining("dataset: ${{parent.inputs.bank}}", "datset: ${{parent.inputs.bank}}"),
      [
        "11 jobs.clean.inputs.datset: “clean” has no input “datset”. Did you mean “dataset”?",
        "10 jobs.clean.inputs.dataset: “clean” needs the input “dataset”, which is not set.",
      ],
    ],
    [
      "a missing step",
      changeTraining("${{parent.jobs.learner.outputs", "${{parent.jobs.lerner.outputs"),
      [
        "19 jobs.train.inputs.untrained_model: “train” is bound to the step “lerner”, which there is not. Did you mean “learner”?",
      ],
    ],
    [
      "a missing output",
      changeTraining("learner.outputs.untrained_model", "learner.outputs.model"),
      [
        "19 jobs.train.inputs.untrained_model: The step “learner” has no output “model”. It has untrained_model.",
      ],
    ],
    [
      "types that do not fit",
      changeTraining(
        "${{parent.jobs.train.outputs.trained_model}}",
        "${{parent.jobs.clean.outputs.cleaned_dataset}}",
      ),
      [
        "27 jobs.score.inputs.trained_model: Needs a trained model, this is a table: clean.cleaned_dataset → score.trained_model.",
      ],
    ],
    [
      "a parameter without a value",
      changeTraining("      label_column: y\n", ""),
      ["18 jobs.train.inputs.label_column: “train” needs the parameter “label_column”, which is not set."],
    ],
    [
      "a hidden parameter only when it is shown",
      changeTraining(
        "      dataset: ${{parent.inputs.bank}}\n",
        "      dataset: ${{parent.inputs.bank}}\n      cleaning_mode: custom_value\n",
      ),
      [
        "10 jobs.clean.inputs.replacement_value: “clean” needs the parameter “replacement_value”, which is not set.",
      ],
    ],
    [
      "a word that is none of those",
      changeTraining(
        "      dataset: ${{parent.inputs.bank}}\n",
        "      dataset: ${{parent.inputs.bank}}\n      cleaning_mode: meen\n",
      ),
      [
        "12 jobs.clean.inputs.cleaning_mode: “clean.cleaning_mode” must be one of mean, custom_value. Did you mean “mean”?",
      ],
    ],
    [
      "a number out of its bounds, through an input of the pipeline",
      changeTraining("l2: 0.1", "l2: -1"),
      [
        "14 jobs.learner.inputs.l2_weight: “learner.l2_weight” must be 0 or more. It is the pipeline input “l2”.",
      ],
    ],
    [
      "an input of the pipeline that is not declared",
      changeTraining("${{parent.inputs.l2}}", "${{parent.inputs.l3}}"),
      [
        "14 jobs.learner.inputs.l2_weight: “learner” is bound to the pipeline input “l3”, which is not declared. Did you mean “l2”?",
      ],
    ],
    [
      "an output of the pipeline that is not declared",
      changeTraining("${{parent.outputs.model}}", "${{parent.outputs.modell}}"),
      [
        "23 jobs.train.outputs.trained_model: “train.trained_model” is bound to the pipeline output “modell”, which is not declared. Did you mean “model”?",
        "6 (warning) outputs.model: No step is bound to the pipeline output “model”, so it will be empty.",
      ],
    ],
    [
      "a value where data belongs",
      changeTraining("${{parent.inputs.bank}}", "${{parent.inputs.l2}}"),
      [
        "11 jobs.clean.inputs.dataset: “clean.dataset” takes a table, and the pipeline input “l2” is a value.",
      ],
    ],
    [
      "data without a value",
      changeTraining("{type: uri_file, path: azureml:bank-marketing@latest}", "{type: uri_file}"),
      ["3 inputs.bank: Required input “bank” of the pipeline not provided: give it a value or a path."],
    ],
  ])("for %s", (_, text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  it("for a cycle, naming its steps", () => {
    const text = changeTraining(
      "dataset: ${{parent.inputs.bank}}",
      "dataset: ${{parent.jobs.score.outputs.scored_dataset}}",
    );
    expect(faultsOf(text)).toEqual([
      "28 jobs.score.inputs.dataset: The steps wait for each other in a cycle: score → clean → score.",
    ]);
    const own = changeTraining(
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
      "29 extra: Steps of type sweep are not there yet. A step is of type command or pipeline.",
      "33 more: is not a known key. Did you mean “type”?",
    ]);
    expect(readPipelineDocument("a: [", lookup).graph).toBeNull();
    expect(readPipelineDocument("a: [", lookup).faults[0]?.line).toBeDefined();
  });
});

describe("values and the steps that stand apart", () => {
  const measured = (rest: string) => `type: pipeline
jobs:
  measure:
    command: echo 3 > \${{outputs.rows}}
    environment: {image: base}
    outputs: {rows: {type: integer}, words: {type: string}, folder: {type: uri_folder}}
${rest}`;
  const use = (port: string, type: string) =>
    measured(`  use:
    component:
      command: echo \${{inputs.x}}
      environment: {image: base}
      inputs: {x: {type: ${type}}}
    inputs: {x: "\${{parent.jobs.measure.outputs.${port}}}"}
`);

  it("a value goes where its type does", () => {
    expect(faultsOf(use("rows", "integer"))).toEqual([]);
    expect(faultsOf(use("rows", "number"))).toEqual([]);
    expect(faultsOf(use("rows", "uri_file"))).toEqual([]);
    expect(faultsOf(use("words", "integer"))).toEqual([
      "12 jobs.use.inputs.x: Needs a whole number, this is text: measure.words → use.x.",
    ]);
    expect(faultsOf(use("folder", "number"))).toEqual([
      "12 jobs.use.inputs.x: “use.x” takes a value, and the output measure.folder is a folder. An output is a value when its component declares it as string, integer, number or boolean.",
    ]);
    const registered = measured("").replace("{type: integer}", "{type: integer, name: rows}");
    expect(faultsOf(registered)[0]).toBe(
      "6 jobs.measure.outputs.rows: “measure.rows” is a value, and only files are registered under a name.",
    );
  });

  it("a value that is not there yet is not pasted into texts", () => {
    const inner = (given: string, type = "integer") =>
      measured(`  inner:
    type: pipeline
    component:
      type: pipeline
      inputs: {n: {type: ${type}}, gone: {type: string, optional: true}}
      jobs:
        x:
          command: echo \${{inputs.t}}
          environment: {image: base}
          compute: \${{parent.inputs.c}}
          environment_variables: {V: "\${{parent.inputs.n}}", W: "\${{parent.inputs.gone}}"}
          inputs: {t: "n is \${{parent.inputs.n}}", whole: "\${{parent.inputs.n}}"}
    inputs: {n: ${given}}
`);
    const late =
      "pastes ${{parent.inputs.n}}, and a step has to run before its value is known. An input of a step takes it as a whole.";
    const always = [
      "16 jobs.inner.component.jobs.x.compute: “inner.x” names ${{parent.inputs.c}}, and the pipeline has no such input.",
    ];
    const gone =
      "17 jobs.inner.component.jobs.x.environment_variables: “inner.x” pastes ${{parent.inputs.gone}}, which has no value.";
    expect(faultsOf(inner("3"))).toEqual([...always, gone]);
    expect(faultsOf(inner('"${{parent.jobs.measure.outputs.rows}}"'))).toEqual([
      ...always,
      `17 jobs.inner.component.jobs.x.environment_variables: “inner.x” ${late}`,
      gone,
      `18 jobs.inner.component.jobs.x.inputs.t: “inner.x” ${late}`,
    ]);
  });

  it("the first and the last step stand apart", () => {
    const other = "  other: {command: ls, environment: {image: base}}\nsettings: ";
    const settings = (text: string) => faultsOf(measured(`${other}${text}\n`));
    expect(settings("{on_init: measure, on_finalize: other}")).toEqual([]);
    expect(settings("{on_finalize: othr}")).toEqual([
      "8 settings.on_finalize: There is no step “othr” for on_finalize. Did you mean “other”?",
    ]);
    expect(settings("{on_init: other, on_finalize: other}")).toEqual([
      "8 settings.on_finalize: “other” is on_init already. The first and the last step are two.",
    ]);
    expect(faultsOf(`${use("rows", "integer")}settings: {on_init: measure, on_finalize: use}\n`)).toEqual([
      "13 settings.on_init: “measure” stands apart from the other steps as on_init, and “use” needs its output.",
      "13 settings.on_finalize: “use” stands apart from the other steps as on_finalize, and needs the output of “measure”.",
    ]);
  });
});
