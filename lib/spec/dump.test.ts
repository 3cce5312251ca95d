import { describe, expect, it } from "vitest";
import { dumpSpec, specMapping } from "./dump.ts";
import type { SpecKind } from "./kinds/registry.ts";
import { loadSpecText } from "./load-text.ts";

const job = `$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json
outputs: {model: {type: mlflow_model, name: m}, rest: }
environment: {image: base, pip_file: [a==1.0, "yes"], version: 1.10}
command: |
  echo "one" \${{inputs.a}} $[[\${{inputs.maybe}}]]
  echo 'two: three'
inputs:
  a: 1.0
  b: 1e-4
  big: 12345678901234567890
  hex: 0x10
  word: "yes"
  text: "1.10"
  flag: off
  maybe: {type: string, optional: true, description: "a word"}
  data: {type: mltable, path: "azureml:t:1", mode: direct}
compute: cpu
name: keen_plum
tags: {none: , n: 1.50, "on": "no"}
environment_variables: {A: "null", B: "~", C: "007", D: 2024-01-01}
services: {s: {job_service_type: ssh, nodes: 0}}
`;

const texts: [SpecKind, string][] = [
  ["job", job],
  ["job", "command: echo hi\nenvironment: azureml:e:1\n"],
  [
    "environment",
    "name: e\nversion: 1.0\nconda_file: {name: x, dependencies: [python=3.11, {pip: [a]}], extra: {n: 1.50}}\n",
  ],
  [
    "data",
    "name: d\ntype: mltable\npath: azureml:other:1\nauto_delete_setting: {condition: created_greater_than, value: 30d}\n",
  ],
  ["model", "name: m\npath: runs:/r/model\ntype: mlflow_model\nstage: Production\n"],
  ["compute", "name: c\ntype: amlcompute\ntier: Low_Priority\nidentity: {type: system_assigned}\n"],
  ["compute", "name: c\ntype: docker\nmemory: 512m\n"],
  ["online-endpoint", "name: bank\ncompute: docker\ntraffic: {blue: 100}\nmirror_traffic: {green: 5}\n"],
  [
    "online-deployment",
    "name: blue\nendpoint_name: bank\nmodel: {path: 'runs:/r/model', type: mlflow_model}\nreadiness_probe: {period: 3}\ndata_collector: {sampling_rate: 0.5}\n",
  ],
  ["workspace", "name: w\ndisplay_name: 2024\nkind: project\n"],
];

describe("dumpSpec", () => {
  it.each(texts)("a dumped %s loads to the same spec", (kind, text) => {
    const { spec, schemaUrl } = loadSpecText(text, { kind });
    const dumped = dumpSpec(kind, spec, schemaUrl === undefined ? {} : { schemaUrl });
    const again = loadSpecText(dumped, { kind });
    expect(again.spec).toEqual(spec);
    expect(again.schemaUrl).toBe(schemaUrl);
    expect(again.warnings.filter(({ message }) => message.includes("YAML 1.1"))).toEqual([]);
    expect(loadSpecText(JSON.stringify(specMapping(kind, spec)), { kind }).kind).toBe(kind);
  });

  it("keeps the usual order and the numbers as they were written", () => {
    const { spec, schemaUrl } = loadSpecText(job, { kind: "job" });
    const dumped = dumpSpec("job", spec, schemaUrl === undefined ? {} : { schemaUrl });
    expect(dumped.match(/^[$a-z_]+(?=:)/gm)).toEqual(
      "$schema type name tags command inputs outputs environment environment_variables compute services".split(
        " ",
      ),
    );
    expect(dumped).toContain("\n  a: 1.0\n  b: 1e-4\n  big: 12345678901234567890\n  hex: 16\n");
    expect(dumped).toContain('\n  word: "yes"\n  text: "1.10"\n  flag: false\n');
    expect(dumped).toContain("\ncompute: azureml:cpu\n");
    expect(dumped).toContain("\ncommand: |\n  echo");
  });

  it("gives bare values for JSON", () => {
    const { spec } = loadSpecText(job, { kind: "job" });
    expect(specMapping("job", spec)).toMatchObject({
      inputs: { a: 1, b: 0.0001, flag: false, word: "yes" },
      compute: "azureml:cpu",
    });
  });
});
