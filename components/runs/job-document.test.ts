import { expect, it } from "vitest";
import {
  emptyJob,
  readInputs,
  readJob,
  readOutputs,
  readText,
  writeInputs,
  writeOutputs,
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
  expect(writeText(changed, "experiment_name", "")).toBe(writeText(job, "experiment_name", ""));
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
  const again = readJob(writeOutputs(writeInputs(job, inputs), readOutputs(read)));
  expect(again?.toJS()).toEqual(read.toJS());
});

it("keeps numbers numbers and text text", () => {
  const text = writeInputs(emptyJob, [
    { name: "n", kind: "value", value: "5", type: "" },
    { name: "version", kind: "value", value: "1.10", type: "" },
    { name: "flag", kind: "value", value: "true", type: "" },
  ]);
  expect(readJob(text)?.toJS().inputs).toEqual({ n: 5, version: "1.10", flag: true });
});

it("is null for what is no mapping", () => {
  expect(readJob("- a\n- b")).toBeNull();
  expect(readJob("a: [")).toBeNull();
});
