import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { lookup, readText } from "../testing/read-text.ts";
import { createWrittenReader, type WrittenPipeline } from "./written-steps.ts";

const text = `type: pipeline
inputs: {rate: 0.1, raw: {type: uri_file, path: azureml:raw:1}, late: {type: uri_folder, optional: true}}
outputs: {scored: {type: mltable}}
jobs:
  prepare:
    display_name: Prepare the rows
    command: python prepare.py --rate \${{inputs.rate}} $[[--late \${{inputs.late}}]] --rows \${{inputs.rows}}
    environment: {image: base}
    is_deterministic: false
    inputs:
      raw: \${{parent.inputs.raw}}
      rate: \${{parent.inputs.rate}}
      late: \${{parent.inputs.late}}
      rows: 100
      word: v\${{parent.inputs.rate}}
      fast: true
      extra: {type: uri_folder, optional: true}
    outputs: {table: {type: uri_folder, mode: upload}, count: {type: integer}, bound: "\${{parent.outputs.scored}}"}
  clean:
    component: atelier:clean_missing_data
    inputs: {dataset: "\${{parent.jobs.prepare.outputs.table}}"}
  held:
    component:
      name: fit
      command: fit \${{inputs.data}} --rate \${{inputs.rate}} > \${{outputs.model}}
      environment: azureml:base@latest
      inputs: {data: {type: uri_folder}, rate: {type: number, default: 0.5, min: 0, max: 1}}
      outputs: {model: {type: custom_model}}
    inputs: {data: "\${{parent.jobs.clean.outputs.cleaned_dataset}}"}
  inner:
    type: pipeline
    component:
      type: pipeline
      inputs: {model: {type: custom_model}, depth: {type: integer, default: 3}}
      outputs: {report: {type: uri_file}}
      jobs:
        one:
          command: report \${{inputs.model}} \${{inputs.depth}} > \${{outputs.report}}
          environment: {image: base}
          inputs: {model: "\${{parent.inputs.model}}", depth: "\${{parent.inputs.depth}}"}
          outputs: {report: "\${{parent.outputs.report}}"}
    inputs: {model: "\${{parent.jobs.held.outputs.model}}"}
  last:
    command: cat \${{inputs.table}} \${{inputs.count}} \${{inputs.report}} \${{inputs.again}}
    environment: {image: base}
    inputs:
      table: \${{parent.jobs.clean.outputs.cleaned_dataset}}
      count: \${{parent.jobs.prepare.outputs.count}}
      report: {type: uri_folder, path: "\${{parent.jobs.inner.outputs.report}}"}
      again: \${{parent.jobs.prepare.inputs.rows}}
`;

function write(yaml: string): WrittenPipeline {
  const { inputs = {}, outputs = {}, jobs = {} } = parse(yaml);
  return {
    inputs,
    outputs,
    jobs: Object.entries<Record<string, unknown>>(jobs).map(([name, raw]) => ({ name, raw })),
  };
}

const find = (ref: string) => lookup.find(ref)?.definition ?? null;
const names = (ports: readonly { name: string; type: string }[] | undefined) =>
  ports?.map(({ name, type }) => `${name}: ${type}`);

describe("the interface of a step that is written out in its node", () => {
  it("is the one that the check of the whole document gives", () => {
    const read = createWrittenReader()(write(text), find);
    const { graph, faults } = readText(text);
    expect(faults.filter(({ severity }) => severity === "error")).toEqual([]);
    expect([...read.keys()]).toEqual(["prepare", "held", "inner", "last"]);
    for (const [name, definition] of read)
      expect(definition, name).toEqual(graph.nodes.find((node) => node.name === name)?.component);
    const prepare = read.get("prepare");
    expect(names(prepare?.inputs)).toEqual(["raw: uri_file", "late: uri_folder", "extra: uri_folder"]);
    expect(names(prepare?.parameters)).toEqual([
      "rate: number",
      "rows: number",
      "word: string",
      "fast: boolean",
    ]);
    expect(names(prepare?.outputs)).toEqual(["table: uri_folder", "count: integer", "bound: mltable"]);
    expect(names(read.get("last")?.inputs)).toEqual(["table: data_frame", "report: uri_folder"]);
    expect(names(read.get("last")?.parameters)).toEqual(["count: integer", "again: number"]);
  });

  it("is read of a step in which something else is wrong", () => {
    const read = createWrittenReader()(
      write(`
jobs:
  bare: {command: "echo \${{inputs.n}}", inputs: {n: 1, typing: , data: {type: uri_file}}, outputs: {out: }}
  held: {component: {inputs: {n: {type: integer}, odd: {type: odd}}, outputs: {out: {type: mltable}}}}
  inner: {component: {type: pipeline, outputs: {out: {type: uri_file}}, jobs: {}}}
  other: {type: spark, inputs: {n: 1}}
`),
      find,
    );
    expect([...read.keys()]).toEqual(["bare", "held", "inner"]);
    expect(names(read.get("bare")?.parameters)).toEqual(["n: number"]);
    expect(names(read.get("bare")?.inputs)).toEqual(["data: uri_file"]);
    expect(names(read.get("bare")?.outputs)).toEqual(["out: uri_folder"]);
    expect(names(read.get("held")?.parameters)).toEqual(["n: integer"]);
    expect(names(read.get("held")?.outputs)).toEqual(["out: mltable"]);
    expect(read.get("inner")?.kind).toBe("pipeline");
    expect(names(read.get("inner")?.outputs)).toEqual(["out: uri_file"]);
  });
});
