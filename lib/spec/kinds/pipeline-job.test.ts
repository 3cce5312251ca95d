import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAppError } from "#lib/core/errors.ts";
import { dumpSpec, specMapping } from "../dump.ts";
import { loadSpecFile, validateSpecFile } from "../load.ts";
import { loadSpecText } from "../load-text.ts";
import { describeIssue } from "../validate.ts";

const head = "type: pipeline\n";
const load = (text: string) => loadSpecText(head + text, { kind: "job", fileName: "p.yml" });

function problems(text: string): string[] {
  try {
    load(text);
  } catch (error) {
    if (isAppError(error)) return error.issues.map((issue) => `${issue.location} ${describeIssue(issue)}`);
    throw error;
  }
  return [];
}

const sample = `inputs:
  raw: {type: uri_folder, path: azureml:bank:1, mode: ro_mount}
  rate: 1e-3
  cluster: cpu-cluster
settings:
  default_compute: azureml:cpu-cluster
  continue_on_step_failure: false
outputs:
  model: {type: custom_model}
jobs:
  clean:
    type: command
    component: azureml:clean_data@latest
    inputs:
      data: \${{parent.inputs.raw}}
      folder: {path: "\${{parent.inputs.raw}}", mode: download}
      version: 1.10
      where: "\${{parent.inputs.cluster}}/part-1"
  train:
    command: python train.py --data \${{inputs.data}} --rate \${{inputs.rate}} $[[--seed \${{inputs.seed}}]] --out \${{outputs.model}}
    environment: azureml://registries/azureml/environments/sklearn-1.5/labels/latest
    inputs:
      data: \${{parent.jobs.clean.outputs.cleaned}}
      rate: \${{parent.inputs.rate}}
      seed: {type: integer, optional: true}
    outputs:
      model: \${{parent.outputs.model}}
    compute: \${{parent.inputs.cluster}}
    limits: {timeout: 60}
    retry_settings: {max_retries: 2}
designer:
  positions: {clean: [10, 20]}
`;

describe("a pipeline job", () => {
  it("keeps the words of the file, and dumps to a file that loads to the same", () => {
    const { spec, warnings } = load(sample);
    expect(warnings).toEqual([]);
    expect(spec).toMatchObject({
      type: "pipeline",
      inputs: { rate: { type: "literal", value: 0.001, text: "1e-3" } },
      settings: { default_compute: "cpu-cluster", continue_on_step_failure: false },
      jobs: {
        clean: {
          inputs: {
            data: { type: "binding", expression: "${{parent.inputs.raw}}" },
            folder: { type: "binding", expression: "${{parent.inputs.raw}}", mode: "download" },
            version: { text: "1.10" },
            where: { type: "template", text: "${{parent.inputs.cluster}}/part-1" },
          },
        },
        train: {
          type: "command",
          outputs: { model: { bound: "model" } },
          compute: "${{parent.inputs.cluster}}",
          limits: { timeout: 60 },
        },
      },
      designer: { positions: { clean: [10, 20] } },
    });
    const text = dumpSpec("job", spec);
    expect(loadSpecText(text, { kind: "job" }).spec).toEqual(spec);
    expect(specMapping("job", spec)).toMatchObject({
      jobs: { train: { outputs: { model: "${{parent.outputs.model}}" } } },
      settings: { default_compute: "azureml:cpu-cluster" },
    });
  });

  it("keeps unknown keys of steps and settings, and says what was meant", () => {
    const { spec, warnings } = load(
      "settings: {default_datestore: x}\njobs:\n  a:\n    component: azureml:c:1\n    inputz: {x: 1}\n",
    );
    expect(warnings.map((issue) => `${issue.location} ${describeIssue(issue)}`)).toEqual([
      "p.yml:2 settings.default_datestore is not a known setting, and is kept. Did you mean “default_datastore”?",
      "p.yml:6 jobs.a.inputz is not a known key of a step, and is kept. Did you mean “inputs”?",
    ]);
    expect(specMapping("job", spec)).toMatchObject({
      settings: { default_datestore: "x" },
      jobs: { a: { inputz: { x: 1 } } },
    });
  });

  it("says what asks for more machines than a command gets", () => {
    const { warnings } = load(`jobs:
  a:
    command: python main.py
    environment: azureml:e:1
    distribution: {type: pytorch, process_count_per_instance: 4}
    resources: {instance_count: 2}
  b: {command: ls, environment: azureml:e:1, distribution: {type: mpi}, resources: {instance_count: 1}}
`);
    expect(warnings.map((issue) => `${issue.location} ${describeIssue(issue)}`)).toEqual([
      "p.yml:6 jobs.a.distribution.process_count_per_instance asks for 4, and the command runs as one process here.",
      "p.yml:7 jobs.a.resources.instance_count asks for 2, and the command runs on one machine here.",
    ]);
  });

  it.each<[string, string, string[]]>([
    ["no steps", "jobs: {}\n", ["p.yml:2 jobs must hold at least one step."]],
    ["neither steps nor a component", "display_name: x\n", ["p.yml:1 jobs is required."]],
    [
      "an old binding",
      "jobs:\n  a:\n    component: azureml:c:1\n    inputs:\n      x: ${{jobs.b.outputs.y}}\n",
      ["p.yml:6 jobs.a.inputs.x: ${{jobs.b.outputs.y}} is an old form. Write ${{parent.jobs.b.outputs.y}}."],
    ],
    [
      "a step of a later type",
      "jobs:\n  a: {type: sweep, trial: azureml:t:1}\n",
      ["p.yml:3 jobs.a.type: Steps of type sweep are not there yet. A step is of type command or pipeline."],
    ],
    [
      "a step that is nothing",
      "jobs:\n  a: {inputs: {}}\n",
      ["p.yml:3 jobs.a needs component, or command and environment."],
    ],
    [
      "an undeclared input in a command",
      "jobs:\n  a:\n    command: echo ${{inputs.dta}}\n    environment: azureml:e:1\n    inputs: {data: 1}\n",
      [
        "p.yml:4 jobs.a.command: ${{inputs.dta}} names the input “dta”, which is not declared. Did you mean “data”?",
      ],
    ],
    [
      "an output bound to nothing",
      "jobs:\n  a:\n    component: azureml:c:1\n    outputs: {m: '${{parent.inputs.m}}'}\n",
      [
        "p.yml:5 jobs.a.outputs.m “${{parent.inputs.m}}” names no output of the pipeline. Write ${{parent.outputs.<name>}}.",
      ],
    ],
    [
      "a component that is a file of the sender",
      "jobs:\n  a:\n    component: ./train.yml\n",
      [
        "p.yml:4 jobs.a.component “./train.yml” cannot be read from here. Write azureml:<name>:<version> for a registered component.",
      ],
    ],
  ])("says where there is %s", (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});

describe("files beside a pipeline", () => {
  let root = "";
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "atelier-pipeline-"));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function write(files: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
  }

  const component = `name: train
version: 1
type: command
inputs: {data: {type: uri_folder}, rate: {type: number, default: 0.1}}
outputs: {model: {type: custom_model}}
code: ../src
environment: {image: base, conda_file: env/conda.yml}
command: python train.py \${{inputs.data}} \${{inputs.rate}} \${{outputs.model}}
`;

  it("stand in the place of their names; what they name starts from their own folder", async () => {
    await write({
      "pipeline.yml": `type: pipeline\njobs:\n  a:\n    component: ./parts/train.yml\n    inputs: {data: ./data}\n  b:\n    type: pipeline\n    component: file:parts/outer.yml\n`,
      "parts/train.yml": component,
      "parts/env/conda.yml": "dependencies: [python=3.11]\n",
      "parts/outer.yml":
        "type: pipeline\nname: outer\njobs:\n  inner:\n    component: train.yml\n    inputs: {data: {type: uri_folder, path: ../data}}\n",
      "src/train.py": "",
      "data/x.csv": "",
    });
    const { spec, locals } = await loadSpecFile(join(root, "pipeline.yml"), { kind: "job" });
    expect(
      locals.map(({ path, absolutePath, purpose }) => [
        path.join("."),
        absolutePath.slice(root.length),
        purpose,
      ]),
    ).toEqual([
      ["jobs.a.component.code", "/src", "code"],
      ["jobs.a.inputs.data", "/data", "input"],
      ["jobs.b.component.jobs.inner.component.code", "/src", "code"],
      ["jobs.b.component.jobs.inner.inputs.data.path", "/data", "input"],
    ]);
    expect(spec).toMatchObject({
      jobs: {
        a: {
          component: {
            name: "train",
            version: "1",
            environment: { conda_file: { dependencies: ["python=3.11"] } },
          },
        },
      },
    });
  });

  it("are named with their own lines in errors, and a ring of files ends", async () => {
    await write({
      "pipeline.yml":
        "type: pipeline\njobs:\n  a:\n    component: ./train.yml\n  b:\n    component: ./gone.yml\n",
      "train.yml": component
        .replace("rate: {type: number, default: 0.1}", "rate: {type: number, default: much}")
        .replace("../src", "./"),
      "env/conda.yml": "dependencies: []\n",
    });
    const { errors } = await validateSpecFile(join(root, "pipeline.yml"), { kind: "job" });
    expect(
      errors.map((issue) => `${issue.location} ${describeIssue(issue)}`.replaceAll(`${root}/`, "")),
    ).toEqual([
      "train.yml:4 jobs.a.component.inputs.rate.default must be of type number.",
      "pipeline.yml:6 jobs.b.component “./gone.yml” does not exist. It was looked for at gone.yml.",
    ]);
    await write({ "ring.yml": "type: pipeline\nname: ring\njobs:\n  a:\n    component: ./ring.yml\n" });
    const ring = await validateSpecFile(join(root, "ring.yml"), { kind: "component" });
    expect(ring.errors.some(({ message }) => message.includes("Does a file hold itself?"))).toBe(true);
  });
});
