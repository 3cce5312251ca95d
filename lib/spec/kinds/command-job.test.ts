import { describe, expect, it } from "vitest";
import { type Issue, isAppError } from "#lib/core/errors.ts";
import { loadSpecText } from "../load-text.ts";

const job = `$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json
type: command
name: keen_plum_4vq81dxm0s
display_name: bank-marketing
experiment_name: bank
description: Trains one model.
tags:
  owner: ada
  attempt: 1.10
  reviewed:
code: azureml://codes/0f3c/versions/1
command: >-
  python train.py
  --data \${{inputs.bank}}
  --rate \${{inputs.rate}} --trees \${{ inputs.trees }} --early \${{inputs.early}}
  $[[--weights \${{inputs.weights}}]]
  --model \${{outputs.model}}
inputs:
  bank:
    type: uri_file
    path: azureml:bank-marketing@latest
  folder:
    path: azureml://datastores/workspaceblobstore/paths/raw/
    mode: download
  table:
    type: MLTable
    path: azureml:table:3
    mode: eval_mount
  base: {type: mlflow_model, path: "runs:/0123abc/model", mode: mount}
  rate: 1.0
  trees: 200
  early: true
  place: azureml://datastores/x/paths/y
  weights:
    type: string
    optional: true
  depth: {type: integer, default: 6}
outputs:
  model:
    type: mlflow_model
    name: bank-model
    version: 7
  plain:
  empty: {}
  table:
    type: uri_folder
    mode: mount
    path: azureml://datastores/\${{default_datastore}}/paths/runs/\${{name}}/
environment: azureml://registries/azureml/environments/sklearn-1.5/labels/latest
environment_variables:
  SEED: 0042
  VERBOSE: true
compute: azureml:cpu-cluster
resources:
  instance_count: 2
  instance_type: Standard_DS3_v2
  shm_size: 4g
distribution:
  type: PyTorch
  process_count_per_instance: 4
limits:
  timeout: 3600
queue_settings:
  job_tier: Standard
identity:
  type: user_identity
services:
  board:
    type: tensor_board
    log_dir: outputs/tb
    nodes: all
  Studio:
    endpoint: https://studio/run
    type: Studio
status: Completed
id: /subscriptions/s/jobs/keen_plum_4vq81dxm0s
creation_context: {created_by: ada}
`;

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

describe("a command job", () => {
  it("is read with its defaults", () => {
    const { spec, warnings, schemaUrl } = loadSpecText(job, { kind: "job", fileName: "job.yml" });
    // All of it is read; what this studio does otherwise is told.
    expect(warnings.map(({ path, location }) => `${location} ${path}`)).toEqual([
      "job.yml:55 resources.instance_count",
      "job.yml:60 distribution.process_count_per_instance",
    ]);
    expect(schemaUrl).toBe("https://azuremlschemas.azureedge.net/latest/commandJob.schema.json");
    expect(spec).toEqual({
      type: "command",
      name: "keen_plum_4vq81dxm0s",
      display_name: "bank-marketing",
      experiment_name: "bank",
      description: "Trains one model.",
      tags: { owner: "ada", attempt: "1.10", reviewed: null },
      code: "azureml://codes/0f3c/versions/1",
      command:
        "python train.py --data ${{inputs.bank}} --rate ${{inputs.rate}} --trees ${{ inputs.trees }} --early ${{inputs.early}} $[[--weights ${{inputs.weights}}]] --model ${{outputs.model}}",
      inputs: {
        bank: { type: "uri_file", mode: "ro_mount", path: "azureml:bank-marketing@latest" },
        folder: {
          type: "uri_folder",
          mode: "download",
          path: "azureml://datastores/workspaceblobstore/paths/raw/",
        },
        table: { type: "mltable", mode: "eval_mount", path: "azureml:table:3" },
        base: { type: "mlflow_model", mode: "ro_mount", path: "runs:/0123abc/model" },
        rate: { type: "literal", value: 1, text: "1.0" },
        trees: { type: "literal", value: 200, text: "200" },
        early: { type: "literal", value: true, text: "True" },
        place: {
          type: "literal",
          value: "azureml://datastores/x/paths/y",
          text: "azureml://datastores/x/paths/y",
        },
        weights: { type: "unset", expects: "string", optional: true },
        depth: { type: "literal", value: 6, text: "6" },
      },
      outputs: {
        model: { type: "mlflow_model", mode: "rw_mount", name: "bank-model", version: "7" },
        plain: { type: "uri_folder", mode: "rw_mount" },
        empty: { type: "uri_folder", mode: "rw_mount" },
        table: {
          type: "uri_folder",
          mode: "rw_mount",
          path: "azureml://datastores/${{default_datastore}}/paths/runs/${{name}}/",
        },
      },
      environment: "azureml://registries/azureml/environments/sklearn-1.5/labels/latest",
      environment_variables: { SEED: "0042", VERBOSE: "true" },
      compute: "cpu-cluster",
      resources: { instance_count: 2, instance_type: "Standard_DS3_v2", shm_size: "4g" },
      distribution: { type: "pytorch", process_count_per_instance: 4 },
      limits: { timeout: 3600 },
      queue_settings: { job_tier: "standard" },
      identity: { type: "user_identity" },
      services: { board: { type: "tensor_board", log_dir: "outputs/tb", nodes: "all" } },
    });
  });

  it("may say no more than its command and environment", () => {
    const { spec } = loadSpecText("command: echo hi\nenvironment: azureml:env:1\n", { kind: "job" });
    expect(spec).toEqual({
      type: "command",
      command: "echo hi",
      inputs: {},
      outputs: {},
      environment: "azureml:env:1",
    });
  });

  it.each([
    ["azureml:cpu", "cpu"],
    ["cpu", "cpu"],
    ["local", "local"],
    ["azureml:/subscriptions/s/resourceGroups/g/providers/x/workspaces/w/computes/cpu", "cpu"],
  ])("reads the compute %s", (text, name) => {
    expect(loadSpecText(`${small}compute: ${text}\n`, { kind: "job" }).spec).toMatchObject({ compute: name });
  });

  it("reports everything at once, each with its line", () => {
    expect(
      lines(`comand: python train.py
environment:
  image: base
  conda: {}
inputs:
  a: {type: uri_fle, path: azureml:x:1}
  b: {type: uri_file, path: azureml:x}
  c: {type: mltable, path: "azureml:x:1", mode: rw_mount}
  d: {type: uri_file, path: "azureml:x:1", mode: eval_mount}
  e:
  f: \${{parent.inputs.x}}
  g: {type: integer, default: many}
outputs:
  o: {mode: direct}
  p: {version: 2}
  q: {path: ./here}
resources:
  instance_count: 0
  shm_size: lots
distribution: {type: horovod}
limits: {timeout: 1.5}
tags: [a]
`),
    ).toEqual([
      "job.yml:1 command: is required.",
      "job.yml:1 comand: is not a known key. Did you mean “command”?",
      "job.yml:4 environment.conda: is not a known key. Did you mean “conda_file”?",
      expect.stringMatching(
        /^job\.yml:6 inputs\.a\.type: must be one of uri_file, .* Did you mean “uri_file”\?$/,
      ),
      "job.yml:7 inputs.b.path: names no version of “x”. Add one, as in azureml:x:1 or azureml:x@latest.",
      "job.yml:8 inputs.c.mode: must be one of ro_mount, download, direct, eval_mount, eval_download. Did you mean “ro_mount”?",
      "job.yml:9 inputs.d.mode: “eval_mount” does not fit uri_file, which takes ro_mount, download, direct.",
      "job.yml:10 inputs.e: has no value. Give one, or take the input out.",
      "job.yml:11 inputs.f: is bound to ${{parent.inputs.x}}, which only a step of a pipeline can be. Give a value or a path.",
      "job.yml:12 inputs.g.default: must be of type integer.",
      "job.yml:14 outputs.o.mode: “direct” does not fit uri_folder, which takes rw_mount, upload.",
      "job.yml:15 outputs.p.version: needs a name beside it, which it is the version of.",
      "job.yml:16 outputs.q.path: must be a datastore address, such as azureml://datastores/workspaceblobstore/paths/results/.",
      "job.yml:18 resources.instance_count: must be 1 or more.",
      "job.yml:19 resources.shm_size: must be a size, such as 512m or 4g.",
      "job.yml:20 distribution.type: must be one of pytorch, mpi, tensorflow, ray.",
      "job.yml:21 limits.timeout: must be a whole number.",
      "job.yml:22 tags: must be a mapping of keys to values.",
    ]);
  });

  it("gives the value at fault", () => {
    expect(issuesOf(`${small}limits: {timeout: 0}\n`)).toEqual([
      { path: "limits.timeout", message: "must be 1 or more.", value: 0, location: "job.yml:5" },
    ]);
  });
});
