import { describe, expect, it } from "vitest";
import { AppError } from "#lib/core/errors.ts";
import { parseRef } from "./parse-ref.ts";
import { formatRef, type Ref } from "./ref.ts";

const arm = "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w";
const long = "azureml://subscriptions/s-1/resourcegroups/g/workspaces/w";

/** The text, what it means, and its shortest form. */
const forms: [string, Record<string, unknown>, string][] = [
  ["azureml:bank:1", { kind: "asset", name: "bank", version: "1" }, "azureml:bank:1"],
  ["azureml:bank:1.10", { kind: "asset", name: "bank", version: "1.10" }, "azureml:bank:1.10"],
  ["azureml:bank:a:b@c", { kind: "asset", name: "bank", version: "a:b@c" }, "azureml:bank:a:b@c"],
  ["azureml:bank@latest", { kind: "asset", name: "bank", label: "latest" }, "azureml:bank@latest"],
  ["azureml:me@home@prod", { kind: "asset", name: "me@home", label: "prod" }, "azureml:me@home@prod"],
  ["azureml:cpu-cluster", { kind: "asset", name: "cpu-cluster" }, "azureml:cpu-cluster"],
  [
    `azureml:${arm}/models/m/versions/3`,
    { kind: "asset", type: "model", name: "m", version: "3" },
    "azureml://models/m/versions/3",
  ],
  [
    `${arm}/codes/c1/versions/1`,
    { kind: "asset", type: "code", name: "c1", version: "1" },
    "azureml://codes/c1/versions/1",
  ],
  [
    `azureml:${arm}/environments/e/labels/latest`,
    { kind: "asset", type: "environment", name: "e", label: "latest" },
    "azureml://environments/e/labels/latest",
  ],
  [`azureml:${arm}/computes/cpu`, { kind: "asset", type: "compute", name: "cpu" }, "azureml://computes/cpu"],
  [
    `azureml:${arm}/onlineEndpoints/bank`,
    { kind: "asset", type: "online_endpoint", name: "bank" },
    "azureml://online_endpoints/bank",
  ],
  [
    `azureml:${arm}/online_endpoints/bank/deployments/blue`,
    { kind: "asset", type: "online_deployment", name: "blue" },
    "azureml://online_deployments/blue",
  ],
  [
    "azureml://datastores/workspaceblobstore/paths/raw/bank.csv",
    { kind: "datastore", datastore: "workspaceblobstore", path: "raw/bank.csv" },
    "azureml://datastores/workspaceblobstore/paths/raw/bank.csv",
  ],
  [
    "azureml://datastores/blob/paths/raw/",
    { kind: "datastore", datastore: "blob", path: "raw/" },
    "azureml://datastores/blob/paths/raw/",
  ],
  [
    `${long}/datastores/blob/paths/raw/`,
    { kind: "datastore", datastore: "blob", path: "raw/" },
    "azureml://datastores/blob/paths/raw/",
  ],
  [
    "azureml://subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/datastores/blob/paths/x",
    { kind: "datastore", datastore: "blob", path: "x" },
    "azureml://datastores/blob/paths/x",
  ],
  [
    "azureml://jobs/keen_plum/outputs/model/paths/a/b",
    { kind: "job_output", job: "keen_plum", output: "model", path: "a/b" },
    "azureml://jobs/keen_plum/outputs/model/paths/a/b",
  ],
  [
    "azureml://jobs/keen_plum/outputs/artifacts/paths/model/",
    { kind: "job_output", job: "keen_plum", output: "artifacts", path: "model/" },
    "azureml://jobs/keen_plum/outputs/artifacts/paths/model/",
  ],
  [
    "azureml://registries/azureml/environments/sklearn-1.5/labels/latest",
    { kind: "asset", registry: "azureml", type: "environment", name: "sklearn-1.5", label: "latest" },
    "azureml://registries/azureml/environments/sklearn-1.5/labels/latest",
  ],
  [
    "azureml://registries/azureml/models/bert/versions/4",
    { kind: "asset", registry: "azureml", type: "model", name: "bert", version: "4" },
    "azureml://registries/azureml/models/bert/versions/4",
  ],
  [
    "azureml://registries/azureml/components/train",
    { kind: "asset", registry: "azureml", type: "component", name: "train" },
    "azureml://registries/azureml/components/train",
  ],
  [
    "azureml://registries/azureml/components/train/versions",
    { kind: "asset", registry: "azureml", type: "component", name: "train" },
    "azureml://registries/azureml/components/train",
  ],
  [
    "azureml://feeds/azureml/components/train/versions/1",
    { kind: "asset", registry: "azureml", type: "component", name: "train", version: "1" },
    "azureml://registries/azureml/components/train/versions/1",
  ],
  [
    "azureml://locations/westus/workspaces/1-2/data/bank/versions/2",
    { kind: "asset", type: "data", name: "bank", version: "2" },
    "azureml://data/bank/versions/2",
  ],
  [
    `${long}/models/m/versions/1`,
    { kind: "asset", type: "model", name: "m", version: "1" },
    "azureml://models/m/versions/1",
  ],
  [
    "azureml://models/m/versions/1",
    { kind: "asset", type: "model", name: "m", version: "1" },
    "azureml://models/m/versions/1",
  ],
  [
    "azureml://data/bank/versions/1",
    { kind: "asset", type: "data", name: "bank", version: "1" },
    "azureml://data/bank/versions/1",
  ],
  ["runs:/0123abc/model", { kind: "run", runId: "0123abc", path: "model" }, "runs:/0123abc/model"],
  ["runs:/0123abc", { kind: "run", runId: "0123abc", path: "" }, "runs:/0123abc"],
  [
    "https://host/data/bank.csv",
    { kind: "url", scheme: "https", url: "https://host/data/bank.csv" },
    "https://host/data/bank.csv",
  ],
  [
    "wasbs://data@account.blob.core.windows.net/x",
    { kind: "url", scheme: "wasbs", url: "wasbs://data@account.blob.core.windows.net/x" },
    "wasbs://data@account.blob.core.windows.net/x",
  ],
  [
    "azureml:wasbs://data@account.net/x",
    { kind: "url", scheme: "wasbs", url: "wasbs://data@account.net/x" },
    "wasbs://data@account.net/x",
  ],
  [
    "abfss://fs@account.net/x",
    { kind: "url", scheme: "abfss", url: "abfss://fs@account.net/x" },
    "abfss://fs@account.net/x",
  ],
  [
    "git+https://host/repo.git#main",
    { kind: "git", url: "https://host/repo.git#main" },
    "git+https://host/repo.git#main",
  ],
  ["./data/bank.csv", { kind: "local", path: "./data/bank.csv" }, "./data/bank.csv"],
  ["../src", { kind: "local", path: "../src" }, "../src"],
  ["file:./env.yml", { kind: "local", path: "./env.yml" }, "./env.yml"],
  ["file:///srv/data", { kind: "local", path: "/srv/data" }, "/srv/data"],
  ["C:\\data\\bank.csv", { kind: "local", path: "C:\\data\\bank.csv" }, "C:\\data\\bank.csv"],
];

describe("parseRef", () => {
  it.each(forms)("reads %s", (text, expected, short) => {
    const ref = parseRef(text);
    expect(ref).toEqual({ ...expected, text });
    expect(formatRef(ref)).toBe(short);
    expect(withoutText(parseRef(short))).toEqual(withoutText(ref));
  });

  it.each([
    ["", "A reference is empty."],
    ["azureml:", "“azureml:” lacks a name."],
    ["azureml:bank:", "“azureml:bank:” lacks a version after the colon."],
    ["azureml:bank@", "“azureml:bank@” lacks a label after the @."],
    [
      "azureml://nonsense/x/versions/1",
      "“azureml://nonsense/x/versions/1” names no type that is known here: “nonsense”.",
    ],
    [
      "azureml://models/m/revisions/1",
      "“azureml://models/m/revisions/1” has “revisions” where versions or labels were expected.",
    ],
    ["azureml://jobs//outputs/x/paths/", "“azureml://jobs//outputs/x/paths/” lacks a run and an output."],
    ["runs:/", "“runs:/” lacks a run."],
    ["file:", "“file:” names no file."],
  ])("refuses %j", (text, message) => {
    const attempt = () => parseRef(text);
    expect(attempt).toThrow(AppError);
    expect(attempt).toThrow(message);
  });
});

function withoutText(ref: Ref): Partial<Ref> {
  const { text: _, ...rest } = ref;
  return rest;
}
