import { and, asc, eq } from "drizzle-orm";
import { runPorts, runs } from "#db/schema/index.ts";
import { createAssetVersion } from "#lib/assets/commands.ts";
import { createTree } from "#lib/files/commands.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import type { PipelinePlan } from "../model.ts";

type RunRow = typeof runs.$inferSelect;
type PortRow = typeof runPorts.$inferSelect;

/** A studio with a dataset, two components and a pool, for pipelines that are sent and not run. */
export interface BankStudio {
  studio: TestStudio;
  workspace: string;
  /** A code folder that is uploaded. */
  code: string;
  /** The version of the dataset `bank`. */
  bankId: string;
  /** Uploads files as one folder. */
  tree(files: Record<string, string>): Promise<string>;
  /** Pipelines as they were sent, each before its steps in the order of its plan; ids of one moment have no order. */
  rows(): Promise<RunRow[]>;
  portsOf(runId: string, direction: "input" | "output"): Promise<PortRow[]>;
}

export async function startBankStudio(): Promise<BankStudio> {
  const studio = await startTestStudio();
  const { db } = studio.services;
  const workspace = studio.workspace.name;
  const tree: BankStudio["tree"] = async (files) => {
    const entries = await Promise.all(
      Object.entries(files).map(async ([path, body]) => {
        const response = await studio.fetch("/blobs", { method: "PUT", body });
        return { path, sha256: ((await response.json()) as { sha256: string }).sha256 };
      }),
    );
    return (await createTree(db, studio.workspace.id, entries)).digest;
  };
  const digest = await tree({ "bank.csv": "age,y\n30,1\n" });
  const { version } = await db.transaction((tx) =>
    createAssetVersion(tx, {
      workspaceId: studio.workspace.id,
      kind: "dataset",
      name: "bank",
      type: "uri_folder",
      source: { kind: "tree", digest },
    }),
  );
  await studio.api.components.create({ workspace, spec: prepare });
  await studio.api.components.create({ workspace, spec: trainParts });
  await studio.api.computes.create({
    workspace,
    spec: { name: "cpu-cluster", type: "amlcompute", min_instances: 0, max_instances: 4 },
  });
  return {
    studio,
    workspace,
    code: await tree({ "train.py": "print(1)\n" }),
    bankId: version.id,
    tree,
    rows: () => readRows(studio),
    portsOf: (runId, direction) =>
      db
        .select()
        .from(runPorts)
        .where(and(eq(runPorts.runId, runId), eq(runPorts.direction, direction)))
        .orderBy(asc(runPorts.name)),
  };
}

async function readRows(studio: TestStudio): Promise<RunRow[]> {
  const all = await studio.services.db.select().from(runs).orderBy(asc(runs.createdAt));
  return all
    .filter((run) => run.plan !== null)
    .flatMap((parent) => {
      const order = (parent.plan as unknown as PipelinePlan).nodes.map(({ name }) => name);
      const at = (run: RunRow) => order.indexOf(run.nodeName ?? "");
      const steps = all.filter((run) => run.parentRunId === parent.id);
      return [parent, ...steps.sort((one, other) => at(one) - at(other))];
    });
}

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

/** Both components, one inside the other. */
export const bankPipeline = `type: pipeline
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
