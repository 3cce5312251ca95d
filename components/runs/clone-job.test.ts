import { expect, it } from "vitest";
import { cloneJob, jobWithData } from "./clone-job.ts";
import { readJob } from "./job-document.ts";

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

it("clones what ran, not only what was sent", () => {
  const sent = `# how we train
name: plum_1
command: python train.py --rate \${{inputs.rate}}
inputs:
  rate: 0.1
  data: {type: uri_file, path: ./bank.csv}
compute: docker
`;
  const uploaded = "azureml://datastores/workspaceblobstore/paths/LocalUpload/abc/bank.csv";
  const text = cloneJob({
    specText: sent,
    job: {
      name: "plum_1",
      type: "command",
      command: "python train.py --rate ${{inputs.rate}}",
      experiment_name: "Default",
      inputs: { rate: 0.2, data: { type: "uri_file", mode: "ro_mount", path: uploaded } },
      compute: "azureml:docker",
    },
  });
  expect(text).toContain("# how we train");
  expect(readJob(text)?.toJS()).toEqual({
    command: "python train.py --rate ${{inputs.rate}}",
    inputs: { rate: 0.2, data: { type: "uri_file", path: uploaded } },
    compute: "docker",
  });
});

it("clones a text that nothing was set beside as it is", () => {
  expect(cloneJob({ specText: job, job: readJob(job)?.toJS() })).toBe(job);
});

it("clones a job that was sent as a mapping", () => {
  const text = cloneJob({ specText: null, job: { name: "plum_1", command: "echo hi", inputs: { n: 3 } } });
  expect(readJob(text)?.toJS()).toEqual({ command: "echo hi", inputs: { n: 3 } });
});

it("begins a job with a dataset", () => {
  const text = jobWithData("bank", "3", "uri_file");
  expect(readJob(text)?.toJS()).toMatchObject({
    command: "python train.py --data ${{inputs.data}}",
    inputs: { data: { type: "uri_file", path: "azureml:bank:3" } },
  });
});
