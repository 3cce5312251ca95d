import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attempts, runPorts, runs } from "#db/schema/index.ts";
import { createAssetVersion } from "#lib/assets/commands.ts";
import { isAppError } from "#lib/core/errors.ts";
import { createTree } from "#lib/files/commands.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import type { PipelinePlan } from "../model.ts";
import { samplePipelineNames } from "../samples/sample-list.ts";
import { prepareSamplePipeline } from "../samples/samples.ts";

let studio: TestStudio;
let workspace: string;
let code = "";
let bankId = "";

async function tree(files: Record<string, string>): Promise<string> {
  const entries = await Promise.all(
    Object.entries(files).map(async ([path, body]) => {
      const response = await studio.fetch("/blobs", { method: "PUT", body });
      return { path, sha256: ((await response.json()) as { sha256: string }).sha256 };
    }),
  );
  return (await createTree(studio.services.db, studio.workspace.id, entries)).digest;
}

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
  code = await tree({ "train.py": "print(1)\n" });
  const { db } = studio.services;
  const { version } = await db.transaction(async (tx) =>
    createAssetVersion(tx, {
      workspaceId: studio.workspace.id,
      kind: "dataset",
      name: "bank",
      type: "uri_folder",
      source: { kind: "tree", digest: await tree({ "bank.csv": "age,y\n30,1\n" }) },
    }),
  );
  bankId = version.id;
  await studio.api.components.create({ workspace, spec: prepare });
  await studio.api.components.create({ workspace, spec: trainParts });
  await studio.api.computes.create({
    workspace,
    spec: { name: "cpu-cluster", type: "amlcompute", min_instances: 0, max_instances: 4 },
  });
}, 60_000);

afterAll(() => studio?.close());

beforeEach(async () => {
  await studio.services.db.delete(runs);
});

const environment = "azureml://registries/azureml/environments/sklearn-1.5/labels/latest";

const prepare = `name: prepare
version: 1
inputs:
  raw: {type: uri_folder}
  rate: {type: number, default: 0.5, min: 0, max: 1}
outputs:
  clean: {type: uri_folder}
environment: ${environment}
command: python prepare.py \${{inputs.raw}} \${{inputs.rate}} \${{outputs.clean}}
`;

const trainParts = `name: train_parts
version: 2
type: pipeline
inputs: {data: {type: uri_folder}}
outputs: {model: {type: custom_model}}
jobs:
  clean:
    component: azureml:prepare@latest
    inputs: {raw: "\${{parent.inputs.data}}"}
  fit:
    command: python train.py \${{inputs.data}} \${{outputs.model}}
    environment: {image: atelier-base:bookworm}
    inputs: {data: "\${{parent.jobs.clean.outputs.clean}}"}
    outputs:
      model: {type: custom_model, path: "\${{parent.outputs.model}}"}
`;

const pipeline = `type: pipeline
display_name: Bank
experiment_name: bank-runs
tags: {goal: deposit}
inputs:
  bank: {type: uri_folder, path: azureml:bank@latest}
  rate: 0.25
outputs:
  model: {type: custom_model, name: bank-model}
settings:
  default_compute: azureml:cpu-cluster
  continue_on_step_failure: false
  force_rerun: true
jobs:
  prepare:
    component: azureml:prepare:1
    inputs: {raw: "\${{parent.inputs.bank}}", rate: "\${{parent.inputs.rate}}"}
    limits: {timeout: 90}
    retry_settings: {max_retries: 2}
    environment_variables: {LEVEL: debug}
  parts:
    type: pipeline
    component: azureml:train_parts:2
    inputs: {data: "\${{parent.jobs.prepare.outputs.clean}}"}
    outputs: {model: "\${{parent.outputs.model}}"}
`;

/** Pipelines as they were sent, each before its steps in the order of its plan; ids of one moment have no order. */
async function rows() {
  const all = await studio.services.db.select().from(runs).orderBy(asc(runs.createdAt));
  return all
    .filter((run) => run.plan !== null)
    .flatMap((parent) => {
      const order = (parent.plan as unknown as PipelinePlan).nodes.map(({ name }) => name);
      const at = (run: (typeof all)[number]) => order.indexOf(run.nodeName ?? "");
      const steps = all.filter((run) => run.parentRunId === parent.id);
      return [parent, ...steps.sort((one, other) => at(one) - at(other))];
    });
}

async function portsOf(runId: string, direction: "input" | "output") {
  return studio.services.db
    .select()
    .from(runPorts)
    .where(and(eq(runPorts.runId, runId), eq(runPorts.direction, direction)))
    .orderBy(asc(runPorts.name));
}

async function refused(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
  } catch (error) {
    const { data } = error as { data?: { issues?: { path: string; message: string; location?: string }[] } };
    if (isAppError(error) || !data?.issues) throw error;
    return data.issues.map(({ path, message, location }) => `${location ?? ""} ${path}: ${message}`.trim());
  }
  throw new Error("it was not refused");
}

describe("sending a pipeline", () => {
  it("writes its run, a run for each step and what they are bound to; nothing is started yet", async () => {
    const sent = await studio.api.runs.submit({ workspace, spec: pipeline });
    expect(sent).toMatchObject({
      type: "pipeline",
      status: "NotStarted",
      displayName: "Bank",
      childCount: 3,
    });
    const [parent, first, clean, fit] = await rows();
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
    expect(await portsOf(parent.id, "input")).toMatchObject([
      {
        name: "bank",
        type: "uri_folder",
        uri: "azureml:bank:1",
        assetVersionId: bankId,
        source: { kind: "tree" },
      },
      { name: "rate", type: "literal", value: "0.25" },
    ]);
    expect(await portsOf(first.id, "input")).toMatchObject([
      { name: "rate", type: "literal", value: "0.25" },
      { name: "raw", uri: "azureml:bank:1", source: { kind: "tree" } },
    ]);
    expect(await portsOf(clean.id, "input")).toMatchObject([
      { name: "rate", value: "0.5" },
      { name: "raw", uri: `azureml://jobs/${first.name}/outputs/clean/paths/`, source: null },
    ]);
    expect(await portsOf(fit.id, "output")).toMatchObject([
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
    await studio.api.runs.submit({ workspace, spec: pipeline });
    const [parent] = await rows();
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
      spec: `${pipeline}designer: {positions: {prepare: [1, 2]}}\n`,
    });
    const graph = await studio.api.pipelines.graph({ workspace, run: name });
    expect(graph.graph.nodes.map((node) => node.name)).toEqual(["prepare", "parts"]);
    expect(graph.nodes.map((step) => [step.name, step.status, step.reusedRunName])).toEqual([
      ["prepare", "NotStarted", null],
      ["parts.clean", "NotStarted", null],
      ["parts.fit", "NotStarted", null],
    ]);
    expect(graph.designer).toEqual({ positions: { prepare: [1, 2] } });
    const { graphHash } = await studio.api.pipelines.validate({ workspace, spec: pipeline });
    expect(graphHash).toBe(graph.graphHash);
  });

  it("is started again by its plan, whatever labels mean by now", async () => {
    const sent = await studio.api.runs.submit({ workspace, spec: pipeline });
    const again = await studio.api.runs.rerun({ workspace, run: sent.name });
    const [first, second] = (await rows()).filter((run) => run.plan !== null);
    const names = (run: typeof first) =>
      (run?.plan as unknown as PipelinePlan | undefined)?.nodes.map(({ runName }) => runName) ?? [];
    expect(again).toMatchObject({
      type: "pipeline",
      displayName: "Bank",
      childCount: 3,
      tags: { goal: "deposit" },
    });
    expect(names(second)).not.toEqual(names(first));
    expect(await portsOf(second?.id ?? "", "input")).toMatchObject([
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
    const data = await tree({ "a.csv": "a\n1\n" });
    const uploads = { "jobs.fit": { digest: code }, "jobs.fit.inputs.data": { digest: data } };
    await studio.api.runs.submit({ workspace, spec, uploads });
    const [, step] = await rows();
    expect(step?.snapshotDigest).toBe(code);
    expect(await portsOf(step?.id ?? "", "input")).toMatchObject([
      { name: "data", source: { kind: "tree", digest: data } },
    ]);
  });
});

describe("refusing a pipeline", () => {
  it("names node, port and line, and leaves nothing behind", async () => {
    const text = pipeline
      .replace("${{parent.jobs.prepare.outputs.clean}}", "${{parent.jobs.prepare.outputs.cleaned}}")
      .replace("azureml:prepare:1", "azureml:prepare:7")
      .replace('{raw: "${{parent.inputs.bank}}", ', "{");
    expect(await refused(studio.api.runs.submit({ workspace, spec: text, fileName: "p.yml" }))).toEqual([
      "p.yml:16 jobs.prepare.component: The component “prepare” has no such version, which the step “prepare” names: azureml:prepare:7.",
    ]);
    const port = pipeline.replace(
      "${{parent.jobs.prepare.outputs.clean}}",
      "${{parent.jobs.prepare.outputs.cleaned}}",
    );
    expect(await refused(studio.api.runs.submit({ workspace, spec: port, fileName: "p.yml" }))).toEqual([
      "p.yml:24 jobs.parts.inputs.data: The step “prepare” has no output “cleaned”. Did you mean “clean”?",
    ]);
    expect(await rows()).toEqual([]);
  });

  it("names what is not there: data, environments, code", async () => {
    const text = `type: pipeline
inputs:
  gone: {type: uri_folder, path: azureml:gone:3}
jobs:
  a:
    component: azureml:prepare:1
    inputs: {raw: "\${{parent.inputs.gone}}"}
    environment: azureml:nothing:1
  b:
    component: azureml:prepare:1
    inputs: {raw: {type: uri_folder, path: azureml:gone@latest}}
  c:
    command: ls
    code: azureml://codes/${"0".repeat(64)}/versions/1
    environment: {image: x}
`;
    expect(await refused(studio.api.runs.submit({ workspace, spec: text, fileName: "p.yml" }))).toEqual([
      "p.yml:3 inputs.gone: There is no dataset azureml:gone:3 in this workspace.",
      "p.yml:8 jobs.a.environment: There is no environment azureml:nothing:1 in this workspace.",
      "p.yml:11 jobs.b.inputs.raw: There is no dataset azureml:gone@latest in this workspace.",
      "p.yml:14 jobs.c.code: The folder is not uploaded to this workspace.",
    ]);
    expect(await rows()).toEqual([]);
  });

  it("answers the faults of a drawing, and the graph of what can be read", async () => {
    const report = await studio.api.pipelines.validate({
      workspace,
      spec: { type: "pipeline", jobs: { a: { component: "azureml:prepare:1" }, b: { inputs: 3 } } },
    });
    expect(report.graph?.nodes.map(({ name }) => name)).toEqual(["a"]);
    expect(report.faults.map(({ node, port, message }) => [node, port, message])).toEqual([
      ["b", undefined, "needs component, or command and environment."],
      ["a", "raw", "“a” needs the input “raw”, which is not set."],
    ]);
    expect(report.graphHash).toBeNull();
    const job = await studio.api.pipelines.validate({
      workspace,
      spec: { command: "ls", environment: { image: "x" } },
    });
    expect(job.faults[0]?.path).toBe("type");
  });
});

it.each(samplePipelineNames)("finds nothing wrong with the sample %s", async (name) => {
  const { text } = await prepareSamplePipeline(
    studio.services,
    studio.workspace.id,
    studio.workspace.userId,
    name,
  );
  const report = await studio.api.pipelines.validate({ workspace, spec: text });
  expect(report.faults.map(({ path, message }) => `${path}: ${message}`)).toEqual([]);
  expect(report.graphHash).toMatch(/^[0-9a-f]{64}$/);
});
