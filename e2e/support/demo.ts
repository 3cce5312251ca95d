import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { addDataset, connectApi, type TestApi } from "./api.ts";
import { bankCsv, buildMs, storyFolder } from "./settings.ts";

/** A workspace in which everything has happened: for tests that look at each page. */
export interface Demo {
  workspace: string;
  dataset: string;
  /** A completed run, one that was started with other values, and one that failed. */
  runs: { best: string; other: string; failed: string };
  model: string;
  endpoint: string;
  /** Of a sample pipeline. */
  draft: string;
  /** That pipeline, published. */
  pipelineEndpoint: string;
  /** Of an invitation that nobody has accepted. */
  inviteToken: string;
}

const names = {
  workspace: "marketing",
  dataset: "bank-marketing",
  model: "term-deposit",
  endpoint: "term-deposit",
  pipelineEndpoint: "term-deposit-training",
};
const ended = new Set(["Completed", "Failed", "Canceled"]);

/** Makes it once per studio; the next caller finds it there. */
export async function ensureDemo(): Promise<Demo> {
  const studio = await connectApi();
  const { items } = await studio.api.workspaces.list();
  if (!items.some(({ name }) => name === names.workspace)) await makeDemo(studio);
  const { workspace } = names;
  const runs = (await studio.api.runs.list({ workspace, limit: 50 })).items;
  const find = (displayName: string) => runs.find((run) => run.displayName === displayName)?.name ?? "";
  const invite = await studio.api.members.invites.create({ workspace, role: "reader" });
  const drafts = await studio.api.designer.list({ workspace });
  return {
    ...names,
    draft: drafts.items[0]?.id ?? "",
    runs: { best: find("boosted trees"), other: find("slower trees"), failed: find("wrong column") },
    inviteToken: invite.url.split("/").at(-1) ?? "",
  };
}

async function makeDemo(studio: TestApi): Promise<void> {
  const { workspace, dataset, model, endpoint, pipelineEndpoint } = names;
  await studio.api.workspaces.create({
    name: workspace,
    displayName: "Marketing",
    description: "Models that tell whom to call.",
  });
  await addDataset(studio, workspace, dataset, bankCsv);
  const { text } = await studio.api.designer.create({ workspace, sample: "binary-classification" });
  await studio.api.pipelineEndpoints.publish({ workspace, name: pipelineEndpoint, text });
  await addPeople(studio, workspace);
  const sha256 = await studio.upload(workspace, join(storyFolder, "train.py"));
  const code = await studio.api.files.createTree({ workspace, files: [{ path: "train.py", sha256 }] });
  const start = (displayName: string, args: string) =>
    studio.api.runs.submit({
      workspace,
      spec: jobText(displayName, args),
      fileName: "job.yml",
      code: code.digest,
    });
  const best = await start("boosted trees", "--rounds 12 --learning-rate 0.1");
  const other = await start("slower trees", "--rounds 12 --learning-rate 0.05");
  const failed = await start("wrong column", "--rounds 1 --no-such-option");
  for (const run of [best, other, failed]) await waitForRun(studio, workspace, run.name);

  const candidates = await studio.api.models.candidates({ workspace, run: best.name });
  const path = candidates.items[0]?.path;
  if (!path) throw new Error("the demo's run wrote no model");
  await studio.api.models.register({ workspace, name: model, source: { path } });
  await studio.api.endpoints.create({ workspace, spec: { name: endpoint } });
  await studio.api.endpoints.createDeployment({
    workspace,
    endpoint,
    allTraffic: true,
    spec: { name: "blue", model: `azureml:${model}:1`, instance_type: "small", instance_count: 1 },
  });
  await waitForDeployment(studio, workspace, endpoint);
}

function jobText(displayName: string, args: string): string {
  return [
    "type: command",
    `display_name: ${displayName}`,
    "experiment_name: term-deposit",
    `command: python train.py --data \${{inputs.data}} ${args}`,
    "inputs:",
    "  data:",
    "    type: uri_file",
    `    path: azureml:${names.dataset}:1`,
    "environment: azureml:sklearn-1.5@latest",
    "compute: azureml:docker",
    "",
  ].join("\n");
}

/** A contributor who is in, and somebody who asks to be let in. */
async function addPeople(studio: TestApi, workspace: string): Promise<void> {
  const invite = await studio.api.members.invites.create({ workspace, role: "contributor" });
  const account = { name: "Ben Okafor", email: "ben@example.com", password: "ben-and-his-password" };
  await studio.api.members.invites.accept({ token: invite.url.split("/").at(-1) ?? "", account });
  const elsewhere = `${workspace}-elsewhere`;
  await studio.api.workspaces.create({ name: elsewhere, displayName: "Elsewhere" });
  const other = await studio.api.members.invites.create({ workspace: elsewhere, role: "reader" });
  const cleo = { name: "Cleo Marin", email: "cleo@example.com", password: "cleo-and-her-password" };
  await studio.api.members.invites.accept({ token: other.url.split("/").at(-1) ?? "", account: cleo });
  const asCleo = await connectApi({ email: cleo.email, password: cleo.password });
  await asCleo.api.members.requests.create({ workspace, path: `/${workspace}/runs` });
}

async function waitForRun(studio: TestApi, workspace: string, run: string): Promise<void> {
  const deadline = Date.now() + buildMs;
  while (Date.now() < deadline) {
    if (ended.has((await studio.api.runs.get({ workspace, run })).status)) return;
    await wait(1_000);
  }
  throw new Error(`the run ${run} did not end in time`);
}

async function waitForDeployment(studio: TestApi, workspace: string, endpoint: string): Promise<void> {
  const deadline = Date.now() + buildMs;
  while (Date.now() < deadline) {
    const { deployments } = await studio.api.endpoints.get({ workspace, endpoint });
    if (deployments.some(({ readyCount, traffic }) => readyCount > 0 && traffic === 100)) return;
    await wait(1_000);
  }
  throw new Error(`the endpoint ${endpoint} was not ready in time`);
}
