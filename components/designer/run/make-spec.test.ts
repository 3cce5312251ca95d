import { expect, test } from "vitest";
import { pruneTo } from "#lib/designer/document/prune-to.ts";
import { listChanges } from "./make-spec.ts";

const text = `
type: pipeline
inputs:
  bank: {type: uri_file, path: azureml:bank@latest}
  trees: 100
jobs:
  clean: {component: "atelier:clean", inputs: {dataset: "\${{parent.inputs.bank}}"}}
  train: {component: "atelier:train", inputs: {dataset: "\${{parent.jobs.clean.outputs.table}}", trees: "\${{parent.inputs.trees}}"}}
`;

test("up to a step: only what it needs, and the inputs that this uses", () => {
  const spec = pruneTo(text, new Set(["clean"]), null);
  expect(Object.keys(spec.jobs as object)).toEqual(["clean"]);
  expect(Object.keys(spec.inputs as object)).toEqual(["bank"]);
});

test("up to a step: without the first and last step where those are left out", () => {
  const ends = `${text}settings: {default_compute: azureml:docker, on_init: clean, on_finalize: "\${{parent.jobs.train}}"}\n`;
  expect(pruneTo(ends, new Set(["clean"]), null).settings).toEqual({
    default_compute: "azureml:docker",
    on_init: "clean",
  });
});

test("a step that is to run again is not reused", () => {
  const spec = pruneTo(text, new Set(["clean", "train"]), "train");
  expect(spec.jobs).toMatchObject({ train: { is_deterministic: false } });
  expect(spec.jobs).not.toMatchObject({ clean: { is_deterministic: false } });
});

test("what was filled in lies over the text", () => {
  expect(
    listChanges({ experiment: "a b", inputs: { trees: 200 }, defaultCompute: "docker", forceRerun: true }),
  ).toEqual([
    'experiment_name="a b"',
    "inputs.trees=200",
    'settings.default_compute="azureml:docker"',
    "settings.force_rerun=true",
  ]);
});
