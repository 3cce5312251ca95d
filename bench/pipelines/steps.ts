import { findCurated } from "#lib/environments/curated.ts";
import { definitionDigest } from "#lib/environments/digest.ts";
import type { PlanNode } from "#lib/pipelines/model.ts";
import { planNode } from "#lib/runner/testing/plans.ts";

const name = "designer-1";

/** A module on the compute of a provider, as a pipeline's plan has it. */
export function moduleNode(
  provider: "docker" | "local",
  step: string,
  module: string,
  more: {
    parameters?: PlanNode["parameters"];
    /** Input port → step and its output port. */
    inputs?: Record<string, [string, string]>;
    outputs: string[];
  },
): PlanNode {
  const curated = findCurated(name);
  if (!curated) throw new Error(`there is no environment ${name}`);
  const { definition } = curated;
  const inputs = Object.entries(more.inputs ?? {});
  return planNode(step, [...new Set(inputs.map(([, [node]]) => node))], {
    kind: "module",
    module,
    command: null,
    component: { name: module, version: "1", digest: `module ${module}`, ref: module, assetVersionId: null },
    parameters: more.parameters ?? {},
    inputs: Object.fromEntries(
      inputs.map(([port, [node, output]]): [string, PlanNode["inputs"][string]] => [
        port,
        { type: "data_frame", mode: "ro_mount", source: { kind: "output", node, port: output } },
      ]),
    ),
    outputs: Object.fromEntries(
      more.outputs.map((port): [string, PlanNode["outputs"][string]] => [
        port,
        { type: "data_frame", mode: "rw_mount", register: null, pipelineOutput: null },
      ]),
    ),
    compute: provider,
    provider,
    environment: { name, definition, digest: definitionDigest(definition) },
  });
}

/** A table, then a chain of steps that each read it and write it again. */
export function moduleChain(provider: "docker" | "local", length: number, salt: string): PlanNode[] {
  const rows = Array.from({ length: 100 }, (_, i) => `${i},${i % 7},${salt}`).join("\n");
  const source = moduleNode(provider, "n0", "enter_data_manually", {
    parameters: { data_format: "csv", has_header: true, data: `a,b,c\n${rows}` },
    outputs: ["dataset"],
  });
  const rest = Array.from({ length: length - 1 }, (_, i) =>
    moduleNode(provider, `n${i + 1}`, "select_columns_in_dataset", {
      parameters: { columns: '{"begin":"all"}', preserve_order: false },
      inputs: { dataset: [`n${i}`, i === 0 ? "dataset" : "results_dataset"] },
      outputs: ["results_dataset"],
    }),
  );
  return [source, ...rest];
}

/** Containers that do nothing, one after another. */
export function containerChain(length: number): PlanNode[] {
  return Array.from({ length }, (_, i) => planNode(`c${i}`, i === 0 ? [] : [`c${i - 1}`]));
}

/** Modules beside each other that each keep one place busy for so long. */
export function fanOut(provider: "docker" | "local", width: number, seconds: number): PlanNode[] {
  const script = `import time, pandas as pd\ndef azureml_main(a=None, b=None):\n    time.sleep(${seconds})\n    return pd.DataFrame({"x": [1]})\n`;
  return Array.from({ length: width }, (_, i) =>
    moduleNode(provider, `f${i}`, "execute_python_script", {
      parameters: { script },
      outputs: ["result_dataset1"],
    }),
  );
}
