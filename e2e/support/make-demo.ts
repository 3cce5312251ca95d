import { join } from "node:path";
import { addDataset, connectApi, type TestApi } from "./api.ts";
import { bankCsv, storyFolder } from "./settings.ts";
import { waitUntil } from "./wait-until.ts";

export const demoNames = {
  workspace: "marketing",
  dataset: "bank-marketing",
  model: "term-deposit",
  endpoint: "term-deposit",
  pipelineEndpoint: "term-deposit-training",
};
/** The pipeline and its first run. */
export const sample = "Term deposits";
export const otherLearner = "Term deposits, fewer trees";
const ended = new Set(["Completed", "Failed", "Canceled"]);

/** Fills the workspace. */
export async function makeDemo(studio: TestApi): Promise<void> {
  const { workspace, dataset, model, endpoint, pipelineEndpoint } = demoNames;
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
  const submit = (more: string[]) =>
    studio.api.runs.submit({
      workspace,
      spec: text,
      set: [`settings.default_compute="azureml:docker"`, ...more],
    });
  const pipeline = await submit([]);
  const best = await start("boosted trees", "--rounds 5 --learning-rate 0.1");
  const other = await start("slower trees", "--rounds 5 --learning-rate 0.05");
  const failed = await start("wrong column", "--rounds 1 --no-such-option");
  for (const run of [best, other, failed, pipeline]) await waitForRun(studio, workspace, run.name);

  // Its first steps are taken from the run before.
  const again = await submit([
    `display_name="${otherLearner}"`,
    "jobs.boosted_decision_tree.inputs.number_of_trees=20",
  ]);
  await studio.api.inference.create({ workspace, run: pipeline.name, mode: "real-time" });
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
  await waitForRun(studio, workspace, again.name);
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
    `    path: azureml:${demoNames.dataset}:1`,
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
  const isOver = async () => ended.has((await studio.api.runs.get({ workspace, run })).status);
  await waitUntil(isOver, `the run ${run} did not end in time`);
}

async function waitForDeployment(studio: TestApi, workspace: string, endpoint: string): Promise<void> {
  const isServing = async () => {
    const { deployments } = await studio.api.endpoints.get({ workspace, endpoint });
    return deployments.some(({ readyCount, traffic }) => readyCount > 0 && traffic === 100);
  };
  await waitUntil(isServing, `the endpoint ${endpoint} was not ready in time`);
}
