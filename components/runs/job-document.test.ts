import { expect, it } from "vitest";
import {
  emptyJob,
  readInputs,
  readJob,
  readOutputs,
  readText,
  removeEntry,
  renameEntry,
  setInput,
  setOutput,
  writeText,
} from "./job-document.ts";

const job = `# how we train
command: python train.py --rate \${{inputs.rate}} # the script
inputs:
  rate: 0.1
  data:
    type: uri_file
    path: azureml:bank:1
outputs:
  model: {type: mlflow_model, name: bank}
`;

it("changes one key and keeps comments and the rest", () => {
  const changed = writeText(job, "experiment_name", "deposits");
  expect(changed).toContain("# how we train");
  expect(changed).toContain("# the script");
  const read = readJob(changed);
  expect(read && readText(read, "experiment_name")).toBe("deposits");
  const undone = writeText(changed, "experiment_name", "");
  expect(readJob(undone)?.toJS()).toEqual(readJob(job)?.toJS());
  expect(undone).toContain("# how we train");
  expect(writeText(job, "experiment_name", "")).toBe(job);
});

it("reads inputs and outputs as rows and writes them back alike", () => {
  const read = readJob(job);
  if (!read) throw new Error("the job was not read");
  const inputs = readInputs(read);
  expect(inputs).toEqual([
    { name: "rate", kind: "value", value: "0.1", type: "" },
    { name: "data", kind: "data", value: "azureml:bank:1", type: "uri_file" },
  ]);
  expect(readOutputs(read)).toEqual([{ name: "model", type: "mlflow_model", asset: "bank" }]);
  let text = job;
  for (const row of inputs) text = setInput(text, row);
  for (const row of readOutputs(read)) text = setOutput(text, row);
  expect(readJob(text)?.toJS()).toEqual(read.toJS());
});

it("changes one input and leaves what else is said of it", () => {
  const text = `inputs:
  # where it lies
  data: {type: uri_file, mode: download, path: azureml:bank:1}
  rate: {type: number, default: 0.1}
`;
  const moved = setInput(text, { name: "data", kind: "data", value: "azureml:bank:2", type: "uri_file" });
  const changed = setInput(moved, { name: "rate", kind: "value", value: "0.2", type: "" });
  expect(changed).toContain("# where it lies");
  expect(readJob(changed)?.toJS()).toEqual({
    inputs: {
      data: { type: "uri_file", mode: "download", path: "azureml:bank:2" },
      rate: { type: "number", default: 0.2 },
    },
  });
});

it("renames an input in the command too, and takes the last one's section out", () => {
  const text = renameEntry(job, "inputs", "rate", "learning_rate");
  const read = readJob(text);
  expect(read && readText(read, "command")).toBe("python train.py --rate ${{inputs.learning_rate}}");
  expect(read && readInputs(read).map(({ name }) => name)).toEqual(["learning_rate", "data"]);
  const without = removeEntry(removeEntry(text, "inputs", "data"), "inputs", "learning_rate");
  expect(readJob(without)?.has("inputs")).toBe(false);
});

it("keeps numbers numbers and text text", () => {
  let text = emptyJob;
  for (const [name, value] of [
    ["n", "5"],
    ["version", "1.10"],
    ["flag", "true"],
  ] as const) {
    text = setInput(text, { name, kind: "value", value, type: "" });
  }
  expect(readJob(text)?.toJS().inputs).toEqual({ n: 5, version: "1.10", flag: true });
});

it("is null for what is no mapping", () => {
  expect(readJob("- a\n- b")).toBeNull();
  expect(readJob("a: [")).toBeNull();
});
