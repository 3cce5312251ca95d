import { describe, expect, it } from "vitest";
import { isAppError } from "#lib/core/errors.ts";
import { detectKind } from "./detect-kind.ts";
import { readDocument } from "./document.ts";
import type { SpecKind } from "./kinds/registry.ts";
import { loadSpecText } from "./load-text.ts";
import { describeIssue } from "./validate.ts";

function load(text: string, kind?: SpecKind) {
  return loadSpecText(text, { ...(kind ? { kind } : {}), fileName: "f.yml" });
}

function problems(text: string, kind?: SpecKind): string[] {
  try {
    load(text, kind);
  } catch (error) {
    if (isAppError(error)) return error.issues.map((issue) => `${issue.location} ${describeIssue(issue)}`);
    throw error;
  }
  return [];
}

describe("kinds of jobs", () => {
  it.each("sweep automl spark import data_transfer finetuning distillation".split(" "))(
    "%s is said to be missing, at its line",
    (type) => {
      expect(problems(`display_name: x\ntype: ${type}\n`, "job")).toEqual([
        `f.yml:2 type: Jobs of type ${type} are not supported yet. Command and pipeline jobs run.`,
      ]);
    },
  );

  it("takes the schema as a hint, and the key that only pipelines have", () => {
    const schema = "$schema: https://azuremlschemas.azureedge.net/latest/sweepJob.schema.json\n";
    expect(problems(`${schema}trial: {}\n`)).toEqual([
      "f.yml:1 $schema: Jobs of type sweep are not supported yet. Command and pipeline jobs run.",
    ]);
    expect(problems("display_name: x\njobs: {}\n")).toEqual(["f.yml:2 jobs must hold at least one step."]);
    expect(problems("type: comand\n", "job")).toEqual([
      "f.yml:1 type must be one of command, pipeline, sweep, automl, spark, import, data_transfer, finetuning, distillation. Did you mean “command”?",
    ]);
  });

  it("are told by --set as well", () => {
    const options = { kind: "job" as const, set: ["type=sweep"] };
    expect(() => loadSpecText("command: x\nenvironment: azureml:e:1\n", options)).toThrow(
      "--set type: type: Jobs of type sweep are not supported yet.",
    );
  });
});

describe("detectKind", () => {
  it.each<[string, SpecKind | undefined]>([
    ["$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json", "job"],
    ["$schema: http://azureml/sdk-2-0/CommandJob.json", "job"],
    ["$schema: https://azuremlschemas.azureedge.net/latest/environment.schema.json", "environment"],
    ["$schema: https://azuremlschemas.azureedge.net/latest/amlCompute.schema.json", "compute"],
    [
      "$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json",
      "online-deployment",
    ],
    [
      "$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json",
      "online-endpoint",
    ],
    ["$schema: https://azuremlschemas.azureedge.net/latest/workspace.schema.json", "workspace"],
    ["command: x\nenvironment: y", "job"],
    ["name: e\nimage: i", "environment"],
    ["name: c\ntype: AmlCompute", "compute"],
    ["name: c\ntype: docker", "compute"],
    ["name: d\ntype: uri_file\npath: x", "data"],
    ["name: m\ntype: mlflow_model\npath: x", "model"],
    ["name: e\nauth_mode: key", "online-endpoint"],
    ["name: blue\nendpoint_name: e\nmodel: azureml:m:1", "online-deployment"],
    ["name: what", undefined],
  ])("%s", (text, kind) => {
    expect(detectKind(readDocument(text, "f.yml").raw)).toBe(kind);
  });

  it("asks for the kind when the file does not say it", () => {
    expect(problems("name: what\n")).toEqual([
      "f.yml:1 The file does not say what it is. Give its kind: job, component, environment, data, model, compute, online-endpoint, online-deployment, schedule, workspace.",
    ]);
  });
});
