import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { readInputSchema } from "../../components/endpoints/schema-fields.ts";
import { addDataset, connectApi, type TestApi } from "../../e2e/support/api.ts";
import { bankCsv, storyFolder } from "../../e2e/support/settings.ts";
import { startTraffic } from "../../e2e/support/traffic.ts";

export interface Screens {
  workspace: string;
  dataset: string;
  /** A run that goes on for some minutes. */
  live: string;
  compared: string[];
  model: string;
  endpoint: string;
}

const workspace = "growth-analytics";
const dataset = "bank-marketing";
const model = "term-deposit";
const waitMs = 600_000;
/** As long as the charts need to have something to show. */
const trafficMs = 150_000;

/** A workspace as three people have it after a morning's work, made through the API on the real engine. */
export async function seedScreens(): Promise<Screens> {
  const owner = await connectApi();
  await owner.api.account.update({ name: "Ada Lind" });
  const { items } = await owner.api.workspaces.list();
  if (!items.some(({ name }) => name === workspace)) await makeWorkspace(owner);
  const runs = await owner.api.runs.list({ workspace, limit: 50 });
  const code = await uploadCode(owner);
  const live = await startRun(
    owner,
    code,
    "trees-lr0.03-300",
    "--rounds 300 --learning-rate 0.03 --pause 1.5",
  );
  return {
    workspace,
    dataset,
    live,
    compared: runs.items
      .filter(({ status }) => status === "Completed")
      .slice(0, 3)
      .map(({ name }) => name),
    model,
    endpoint: model,
  };
}

async function makeWorkspace(owner: TestApi): Promise<void> {
  await owner.api.workspaces.create({
    name: workspace,
    displayName: "Growth analytics",
    description: "Campaign response models.",
    team: "Data team",
  });
  const mika = await joinAs(owner, "Mika Sato", "mika@example.com");
  const jonas = await joinAs(owner, "Jonas Roth", "jonas@example.com");
  await addDataset(owner, workspace, dataset, bankCsv);
  const code = await uploadCode(owner);
  const started = [
    await startRun(mika, code, "trees-lr0.3-20", "--rounds 20 --learning-rate 0.3"),
    await startRun(owner, code, "trees-lr0.1-30", "--rounds 30 --learning-rate 0.1"),
    await startRun(jonas, code, "trees-lr0.05-30", "--rounds 30 --learning-rate 0.05"),
    await startRun(mika, code, "trees-lr0.1-12", "--rounds 12 --learnin-rate 0.1"),
  ];
  for (const run of started) await waitForRun(owner, run);
  await register(owner, started[0]);
  await register(owner, started[1]);
  await owner.api.endpoints.create({ workspace, spec: { name: model } });
  await deploy(owner, "blue", "1");
  await deploy(jonas, "green", "2");
  await owner.api.endpoints.update({ workspace, endpoint: model, traffic: { blue: 80, green: 20 } });
  await callForAWhile(owner);
}

/** Somebody who accepts an invitation; what they do is in their name. */
async function joinAs(owner: TestApi, name: string, email: string): Promise<TestApi> {
  const { url } = await owner.api.members.invites.create({ workspace, role: "contributor" });
  const account = { name, email, password: `${email} and more` };
  await owner.api.members.invites.accept({ token: url.split("/").at(-1) ?? "", account });
  return connectApi({ email, password: account.password });
}

async function uploadCode(person: TestApi): Promise<string> {
  const sha256 = await person.upload(workspace, join(storyFolder, "train.py"));
  return (await person.api.files.createTree({ workspace, files: [{ path: "train.py", sha256 }] })).digest;
}

async function startRun(person: TestApi, code: string, displayName: string, args: string): Promise<string> {
  const spec = {
    type: "command",
    display_name: displayName,
    experiment_name: model,
    command: `python train.py --data \${{inputs.data}} ${args}`,
    inputs: { data: { type: "uri_file", path: `azureml:${dataset}:1` } },
    environment: "azureml:sklearn-1.5@latest",
    compute: "azureml:docker",
    tags: { goal: "fewer calls" },
  };
  return (await person.api.runs.submit({ workspace, spec, code })).name;
}

async function waitForRun(person: TestApi, run: string): Promise<void> {
  await until(async () => {
    const { status } = await person.api.runs.get({ workspace, run });
    return ["Completed", "Failed", "Canceled"].includes(status);
  }, `the run ${run}`);
}

async function register(person: TestApi, run: string | undefined): Promise<void> {
  const { items } = await person.api.models.candidates({ workspace, run: run ?? "" });
  const path = items[0]?.path;
  if (!path) throw new Error(`${run} wrote no model`);
  await person.api.models.register({ workspace, name: model, source: { path } });
}

async function deploy(person: TestApi, name: string, version: string): Promise<void> {
  await person.api.endpoints.createDeployment({
    workspace,
    endpoint: model,
    allTraffic: name === "blue",
    spec: { name, model: `azureml:${model}:${version}`, instance_type: "small", instance_count: 1 },
  });
  await until(async () => {
    const { deployments } = await person.api.endpoints.get({ workspace, endpoint: model });
    return deployments.some((one) => one.name === name && one.readyCount > 0);
  }, `the deployment ${name}`);
}

async function callForAWhile(owner: TestApi): Promise<void> {
  const { scoringUri } = await owner.api.endpoints.get({ workspace, endpoint: model });
  const { primaryKey } = await owner.api.endpoints.credentials({ workspace, endpoint: model });
  const { openapi } = await owner.api.endpoints.schema({ workspace, endpoint: model, deployment: "blue" });
  const { example } = readInputSchema(openapi);
  const traffic = startTraffic(scoringUri, primaryKey, JSON.stringify(example));
  await wait(trafficMs);
  await traffic.stop();
}

async function until(done: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + waitMs;
  while (Date.now() < deadline) {
    if (await done()) return;
    await wait(1_000);
  }
  throw new Error(`${what} took too long`);
}
