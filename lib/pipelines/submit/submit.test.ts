import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attempts, runs } from "#db/schema/index.ts";
import type { TestStudio } from "#lib/testing/studio-server.ts";
import type { PipelinePlan } from "../model.ts";
import { type BankStudio, bankPipeline, startBankStudio } from "../testing/bank-studio.ts";

let bank: BankStudio;
let studio: TestStudio;
let workspace: string;

beforeAll(async () => {
  bank = await startBankStudio();
  ({ studio, workspace } = bank);
}, 60_000);

afterAll(() => studio?.close());

beforeEach(async () => {
  await studio.services.db.delete(runs);
});

describe("sending a pipeline", () => {
  it("writes its run, a run for each step and what they are bound to; nothing is started yet", async () => {
    const sent = await studio.api.runs.submit({ workspace, spec: bankPipeline });
    expect(sent).toMatchObject({
      type: "pipeline",
      status: "NotStarted",
      displayName: "Bank",
      childCount: 3,
    });
    const [parent, first, clean, fit] = await bank.rows();
    if (!parent || !first || !clean || !fit) throw new Error("runs are missing");
    expect([first, clean, fit].map((run) => [run.nodeName, run.type, run.status, run.compute])).toEqual([
      ["prepare", "command", "NotStarted", "cpu-cluster"],
      ["parts.clean", "command", "NotStarted", "cpu-cluster"],
      ["parts.fit", "command", "NotStarted", "cpu-cluster"],
    ]);
    expect(
      [first, clean, fit].every((run) => run.parentRunId === parent.id && run.rootRunId === parent.id),
    ).toBe(true);
    expect(await studio.services.db.$count(attempts)).toBe(0);
    expect(await bank.portsOf(parent.id, "input")).toMatchObject([
      {
        name: "bank",
        type: "uri_folder",
        uri: "azureml:bank:1",
        assetVersionId: bank.bankId,
        source: { kind: "tree" },
      },
      { name: "rate", type: "literal", value: "0.25" },
    ]);
    expect(await bank.portsOf(first.id, "input")).toMatchObject([
      { name: "rate", type: "literal", value: "0.25" },
      { name: "raw", uri: "azureml:bank:1", source: { kind: "tree" } },
    ]);
    expect(await bank.portsOf(clean.id, "input")).toMatchObject([
      { name: "rate", value: "0.5" },
      { name: "raw", uri: `azureml://jobs/${first.name}/outputs/clean/paths/`, source: null },
    ]);
    expect(await bank.portsOf(fit.id, "output")).toMatchObject([
      { name: "model", type: "custom_model", source: null },
    ]);
    expect(fit.environment).toMatchObject({ name: "atelier-base:bookworm" });
    expect(first.spec).toMatchObject({
      command: expect.stringContaining("prepare.py"),
      inputs: { rate: 0.25, raw: { path: "azureml:bank:1" } },
      limits: { timeout: 90 },
    });
  });

  it("fixes a plan of everything", async () => {
    await studio.api.runs.submit({ workspace, spec: bankPipeline });
    const [parent] = await bank.rows();
    const plan = parent?.plan as unknown as PipelinePlan;
    expect(plan.settings).toEqual({
      defaultCompute: "cpu-cluster",
      continueOnStepFailure: false,
      forceRerun: true,
    });
    expect(plan.outputs).toEqual({ model: { node: "parts.fit", port: "model" } });
    expect(plan.nodes.map(({ name, needs, priority }) => [name, needs, priority])).toEqual([
      ["prepare", [], 30],
      ["parts.clean", ["prepare"], 20],
      ["parts.fit", ["parts.clean"], 10],
    ]);
    expect(plan.nodes[0]).toMatchObject({
      kind: "command",
      module: null,
      component: {
        name: "prepare",
        version: "1",
        ref: "azureml:prepare:1",
        assetVersionId: expect.any(String),
      },
      command: { codeDigest: null, environmentVariables: { LEVEL: "debug" } },
      parameters: { rate: 0.25 },
      inputs: {
        raw: { type: "uri_folder", mode: "ro_mount", source: { kind: "asset", uri: "azureml:bank:1" } },
      },
      outputs: { clean: { register: null, pipelineOutput: null } },
      compute: "cpu-cluster",
      provider: "docker",
      environment: { name: "sklearn-1.5" },
      limits: { timeoutSeconds: 90 },
      retries: 2,
      isDeterministic: true,
      isolation: false,
    });
    expect(plan.nodes[2]).toMatchObject({
      inputs: { data: { source: { kind: "output", node: "parts.clean", port: "clean" } } },
      outputs: { model: { register: { name: "bank-model", version: null }, pipelineOutput: "model" } },
    });
  });

  it("shows it as a graph", async () => {
    const { name } = await studio.api.runs.submit({
      workspace,
      spec: `${bankPipeline}designer: {positions: {prepare: [1, 2]}}\n`,
    });
    const graph = await studio.api.pipelines.graph({ workspace, run: name });
    expect(graph.graph.nodes.map((node) => node.name)).toEqual(["prepare", "parts"]);
    expect(graph.nodes.map((step) => [step.name, step.status, step.reusedRunName])).toEqual([
      ["prepare", "NotStarted", null],
      ["parts.clean", "NotStarted", null],
      ["parts.fit", "NotStarted", null],
    ]);
    expect(graph.designer).toEqual({ positions: { prepare: [1, 2] } });
    const { graphHash } = await studio.api.pipelines.validate({ workspace, spec: bankPipeline });
    expect(graphHash).toBe(graph.graphHash);
  });

  it("is started again by its plan, whatever labels mean by now", async () => {
    const sent = await studio.api.runs.submit({ workspace, spec: bankPipeline });
    const again = await studio.api.runs.rerun({ workspace, run: sent.name });
    const [first, second] = (await bank.rows()).filter((run) => run.plan !== null);
    const names = (run: typeof first) =>
      (run?.plan as unknown as PipelinePlan | undefined)?.nodes.map(({ runName }) => runName) ?? [];
    expect(again).toMatchObject({
      type: "pipeline",
      displayName: "Bank",
      childCount: 3,
      tags: { goal: "deposit" },
    });
    expect(names(second)).not.toEqual(names(first));
    expect(await bank.portsOf(second?.id ?? "", "input")).toMatchObject([
      { uri: "azureml:bank:1" },
      { value: "0.25" },
    ]);
    const step = names(first)[0] ?? "";
    await expect(studio.api.runs.rerun({ workspace, run: step })).rejects.toThrow("a step of a pipeline");
  });

  it("takes uploaded code and data by the path of a step", async () => {
    const spec = {
      type: "pipeline",
      jobs: {
        fit: {
          command: "python train.py ${{inputs.data}}",
          environment: { image: "x" },
          inputs: { data: { type: "uri_folder", path: "./data" } },
        },
      },
    };
    const data = await bank.tree({ "a.csv": "a\n1\n" });
    const uploads = { "jobs.fit": { digest: bank.code }, "jobs.fit.inputs.data": { digest: data } };
    await studio.api.runs.submit({ workspace, spec, uploads });
    const [, step] = await bank.rows();
    expect(step?.snapshotDigest).toBe(bank.code);
    expect(await bank.portsOf(step?.id ?? "", "input")).toMatchObject([
      { name: "data", source: { kind: "tree", digest: data } },
    ]);
  });
});
