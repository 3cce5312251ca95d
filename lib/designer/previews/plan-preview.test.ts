import { describe, expect, it } from "vitest";
import { findModuleRef } from "#lib/components/lookup.ts";
import { loadModules } from "#lib/components/modules/load-modules.ts";
import { readText } from "../document/read-text.ts";
import { toEdited } from "../document/shape.ts";
import { createSnapshotCache, takeSnapshot } from "../document/snapshot.ts";
import { type PlanContext, PreviewFault, planPreview } from "./plan-preview.ts";

const modules = await loadModules();

function contextOf(text: string, more: Partial<PlanContext> = {}): PlanContext {
  return {
    graph: takeSnapshot(toEdited(readText(text).value), null, createSnapshotCache()),
    findModule: (ref) => modules.get(findModuleRef(ref)?.name ?? "")?.definition ?? null,
    findData: (path) =>
      path.includes("gone")
        ? { problem: `There is no dataset ${path}.` }
        : { source: { kind: "tree", digest: "d".repeat(64) }, content: path, rows: null },
    environment: { name: "designer-1", digest: "env", definition: {} },
    findOutput: () => null,
    ...more,
  };
}

const component = (name: string) => `component: azureml://registries/atelier/components/${name}`;
const text = `type: pipeline
inputs:
  bank: {type: uri_file, path: azureml:bank@latest}
  share: 0.7
jobs:
  clean:
    ${component("clean_missing_data")}
    inputs:
      dataset: \${{parent.inputs.bank}}
      columns: '["age"]'
  split:
    ${component("split_data")}
    inputs:
      dataset: \${{parent.jobs.clean.outputs.cleaned_dataset}}
      fraction_of_rows: \${{parent.inputs.share}}
  trees:
    ${component("two_class_boosted_decision_tree")}
  train:
    ${component("train_model")}
    inputs:
      untrained_model: \${{parent.jobs.trees.outputs.untrained_model}}
      dataset: \${{parent.jobs.split.outputs.results_dataset1}}
      label_column: deposit
  own:
    component: azureml:mine:1
    inputs:
      data: \${{parent.jobs.split.outputs.results_dataset1}}
`;

function keysOf(source: string, node = "train"): Record<string, string> {
  return Object.fromEntries(
    planPreview(contextOf(source), node, undefined).steps.map((step) => [step.node, step.key]),
  );
}

function faultOf(source: string, node: string, port?: string) {
  try {
    planPreview(contextOf(source), node, port);
  } catch (error) {
    if (error instanceof PreviewFault) return error.fault;
    throw error;
  }
  throw new Error("no fault");
}

it("is of all rows where the data has no more than a sample", () => {
  const sampledOf = (rows: number) => {
    const findData = (path: string) => ({
      source: { kind: "tree" as const, digest: "d".repeat(64) },
      content: path,
      rows,
    });
    return planPreview(contextOf(text, { findData }), "clean", undefined).steps.map(({ sampled }) => sampled);
  };
  expect(sampledOf(10_000)).toEqual([false]);
  expect(sampledOf(10_001)).toEqual([true]);
});

describe("a preview", () => {
  it("needs the steps before it, each after those it needs", () => {
    const plan = planPreview(contextOf(text), "train", undefined);
    const order = plan.steps.map(({ node }) => node);
    expect([...order].sort()).toEqual(["clean", "split", "train", "trees"]);
    expect(order.indexOf("clean")).toBeLessThan(order.indexOf("split"));
    expect(plan.steps.at(-1)).toMatchObject({ node: "train", heavy: true, sampled: false });
    expect(plan.steps.find(({ node }) => node === "clean")).toMatchObject({ heavy: false, sampled: true });
    expect(plan.steps.find(({ node }) => node === "split")?.parameters).toMatchObject({
      fraction_of_rows: 0.7,
    });
    expect(plan).toMatchObject({ port: "trained_model", portType: "trained_model" });
  });

  it("changes its key with what lies before it, and with nothing else", () => {
    const keys = keysOf(text);
    const moved = `${text}designer: {positions: {clean: [1, 2]}}\n`.replace(
      "clean:\n",
      "clean:\n    comment: x\n",
    );
    expect(keysOf(moved)).toEqual(keys);
    const share = keysOf(text.replace("share: 0.7", "share: 0.8"));
    expect(share.clean).toBe(keys.clean);
    expect(share.trees).toBe(keys.trees);
    expect(share.split).not.toBe(keys.split);
    expect(share.train).not.toBe(keys.train);
    const data = keysOf(text.replace("bank@latest", "bank:2"));
    expect(data.clean).not.toBe(keys.clean);
    expect(data.trees).toBe(keys.trees);
    // A step of another name that does the same is the same.
    const renamed = keysOf(text.replaceAll("clean:", "tidy:").replaceAll("jobs.clean.", "jobs.tidy."));
    expect(renamed.tidy).toBe(keys.clean);
    expect(renamed.train).toBe(keys.train);
  });

  it("says at which step it cannot be computed", () => {
    expect(faultOf(text.replace("      dataset: ${{parent.inputs.bank}}\n", ""), "train")).toMatchObject({
      code: "NOT_CONNECTED",
      node: "clean",
      parameter: "dataset",
    });
    expect(faultOf(text.replace("bank@latest", "gone@latest"), "split")).toMatchObject({
      code: "NO_DATA",
      node: "clean",
    });
    expect(faultOf(text, "own")).toMatchObject({ code: "NOT_A_MODULE", node: "own" });
    expect(faultOf(text, "nothing")).toMatchObject({ code: "NO_NODE", node: "nothing" });
    expect(faultOf(text, "clean", "nothing")).toMatchObject({ code: "NO_PORT" });
    const circle = text.replace("${{parent.inputs.bank}}", "${{parent.jobs.split.outputs.results_dataset1}}");
    expect(faultOf(circle, "split")).toMatchObject({ code: "CIRCLE" });
  });
});
