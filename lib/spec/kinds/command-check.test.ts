import { describe, expect, it } from "vitest";
import { type Issue, isAppError } from "#lib/core/errors.ts";
import { loadSpecText } from "../load-text.ts";

const small = `command: echo \${{inputs.a}}
environment: {image: "atelier-base:bookworm"}
inputs:
  a: 1
`;

function issuesOf(text: string): Issue[] {
  try {
    loadSpecText(text, { kind: "job", fileName: "job.yml" });
  } catch (error) {
    if (isAppError(error)) return error.issues;
    throw error;
  }
  return [];
}

const lines = (text: string) =>
  issuesOf(text).map(({ location, path, message }) => `${location} ${path}: ${message}`);

describe("the command of a job", () => {
  it("names declared inputs and outputs only; the line is that of the expression", () => {
    expect(
      lines(`environment: azureml:e:1
command: >-
  python train.py
  --a \${{inputs.aa}}
  --b \${{inputs.a}} --o \${{outputs.out}}
  --c \${{parent.inputs.a}}
  --d \${{search_space.a}} \${{inputs.a}
inputs:
  a: 1
`),
    ).toEqual([
      "job.yml:4 command: ${{inputs.aa}} names the input “aa”, which is not declared. Did you mean “a”?",
      "job.yml:5 command: ${{outputs.out}} names the output “out”, which is not declared.",
      "job.yml:6 command: ${{parent.inputs.a}} speaks of a pipeline. In a command, write ${{inputs.a}}.",
      "job.yml:7 command: ${{ is never closed: }} is missing.",
      "job.yml:7 command: ${{search_space.a}} is for the trials of a sweep. In a command job, name an input.",
    ]);
  });

  it("is checked although another key is misspelt", () => {
    expect(lines(`${small.replace("inputs.a", "inputs.b")}descripton: x\n`)).toEqual([
      "job.yml:1 command: ${{inputs.b}} names the input “b”, which is not declared. Did you mean “a”?",
      "job.yml:5 descripton: is not a known key. Did you mean “description”?",
    ]);
  });

  it("wants a value for every input that is not optional, and a block for those that are", () => {
    expect(
      lines(`environment: azureml:e:1
command: run \${{inputs.maybe}} $[[x]]
inputs:
  must: {type: uri_file}
  maybe: {type: string, optional: true}
  9lives: 1
`),
    ).toEqual([
      "job.yml:2 command: ${{inputs.maybe}} is optional, so it must stand in a block: $[[ … ${{inputs.maybe}} … ]].",
      "job.yml:2 command: An optional block must name an optional input.",
      "job.yml:4 inputs.must: Required input not provided: give it a value or a path.",
      "job.yml:6 inputs.9lives: must be a name of letters, digits and underscores, and start with no digit.",
    ]);
  });

  it("warns of values that the shell would read, and of expressions where none is replaced", () => {
    const { warnings } = loadSpecText(
      `${small}  b: "x; rm -rf /"\nenvironment_variables:\n  PLACE: \${{inputs.a}}\n`.replace(
        "inputs.a}}",
        "inputs.b}} ${{inputs.a}}",
      ),
      { kind: "job", fileName: "job.yml" },
    );
    expect(warnings).toEqual([
      {
        path: "inputs.b",
        message: "holds characters that the shell reads, and is pasted into the command as it is.",
        value: "x; rm -rf /",
        location: "job.yml:5",
      },
      {
        path: "environment_variables.PLACE",
        message: "holds an expression, which is replaced in the command only.",
        value: "${{inputs.a}}",
        location: "job.yml:7",
      },
    ]);
  });
});

describe("the environment of a job", () => {
  const withEnvironment = (environment: string) => `command: echo hi\nenvironment: ${environment}\n`;

  it.each([
    ["azureml:env", "names no version of “env”. Add one, as in azureml:env:1 or azureml:env@latest."],
    [
      "azureml:AzureML-tensorflow-2.16@latest",
      "The curated environment “AzureML-tensorflow-2.16” has no counterpart here. There is sklearn-1.5, designer-1.",
    ],
    [
      "azureml://registries/azureml/environments/skelarn-1.5/labels/latest",
      "The curated environment “skelarn-1.5” has no counterpart here. There is sklearn-1.5.",
    ],
    ["azureml://models/m/versions/1", "names no environment."],
    [
      "sklearn-1.5",
      "“sklearn-1.5” is no reference. Write azureml:sklearn-1.5@latest for a registered one, or file:sklearn-1.5 for a file.",
    ],
    ["{description: nothing}", "An environment needs image, build, conda_file or pip_file."],
    ["12", "“12” is no reference. Write azureml:12@latest for a registered one, or file:12 for a file."],
    ["[a]", "must be a mapping of keys to values."],
  ])("is not %s", (environment, message) => {
    expect(issuesOf(withEnvironment(environment))).toMatchObject([
      { path: "environment", message, location: "job.yml:2" },
    ]);
  });

  it("is a curated one of ours where a vendor's is named, with a warning when it is not the same", () => {
    const text = withEnvironment("azureml:AzureML-sklearn-0.24-ubuntu18.04-py37-cpu@latest");
    expect(loadSpecText(text, { kind: "job", fileName: "job.yml" }).warnings).toMatchObject([
      {
        path: "environment",
        message:
          "“AzureML-sklearn-0.24-ubuntu18.04-py37-cpu” runs as “sklearn-1.5”, which has the same main packages.",
        location: "job.yml:2",
      },
    ]);
  });

  it("may come from a longer table of the workspace", () => {
    const curated = [{ name: "tf-2.16", prefix: "tensorflow" }];
    const text = withEnvironment("azureml:AzureML-tensorflow-2.16-cuda11@latest");
    expect(loadSpecText(text, { kind: "job", curated }).warnings).toHaveLength(1);
  });

  it("stands in its place with packages", () => {
    const { spec } = loadSpecText(
      `command: echo hi
environment:
  name: mine
  version: 1.10
  image: atelier-base:bookworm
  conda_file:
    channels: [conda-forge]
    dependencies:
      - python=3.11
      - pip:
          - scikit-learn==1.5
  inference_config: {}
`,
      { kind: "job" },
    );
    expect("environment" in spec && spec.environment).toEqual({
      name: "mine",
      version: "1.10",
      image: "atelier-base:bookworm",
      conda_file: {
        channels: ["conda-forge"],
        dependencies: ["python=3.11", { pip: ["scikit-learn==1.5"] }],
      },
      os_type: "linux",
    });
  });
});
