import { afterAll, beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { sleep } from "#lib/core/time.ts";
import { type Gateway, startGateway } from "#lib/gateway/gateway.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { type Runner, startRunner } from "../runner.ts";
import { finish } from "../testing/pipelines.ts";
import { removePrograms } from "../testing/programs.ts";

/** The sample pipeline on processes of this machine, from training to an answer of its endpoint. */
let studio: TestStudio;
let runner: Runner;
let gateway: Gateway;
let workspace: string;

const minuteMs = 60_000;
const onProcesses = ["settings.default_compute=azureml:local"];

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
  runner = await startRunner(studio.services);
  gateway = await startGateway(studio.services, { addresses: ["127.0.0.1"], port: 0 });
}, minuteMs);

afterAll(async () => {
  await gateway?.close();
  await runner?.stop();
  if (studio) await removePrograms(studio);
  await studio?.close();
}, minuteMs);

async function run(text: string) {
  const { name } = await studio.api.runs.submit({ workspace, spec: text, set: onProcesses });
  const { status, steps } = await finish(studio, name, 4 * minuteMs);
  return { name, status, steps };
}

const from = (node: string, port: string) => `\${{parent.jobs.${node}.outputs.${port}}}`;
const parentInput = (name: string) => `\${{parent.inputs.${name}}}`;
const step = (module: string, inputs: Record<string, unknown>) => ({
  component: `azureml://registries/atelier/components/${module}`,
  inputs,
});

let trained: string;

it("runs the sample untouched", { timeout: 5 * minuteMs }, async () => {
  const { text } = await studio.api.designer.create({ workspace, sample: "binary-classification" });
  const { name, status, steps } = await run(text);
  expect(new Set(Object.values(steps))).toEqual(new Set(["Completed"]));
  expect(status).toBe("Completed");
  trained = name;
});

it("takes what a run made and somebody registered: a dataset, a model and a transform", {
  timeout: 3 * minuteMs,
}, async () => {
  const { nodes } = await studio.api.pipelines.graph({ workspace, run: trained });
  const pathOf = (node: string, port: string) =>
    `azureml://jobs/${nodes.find(({ name }) => name === node)?.runName}/outputs/${port}/paths/`;
  const source = (node: string, port: string) => ({ source: { path: pathOf(node, port) } });
  await studio.api.datasets.create({
    workspace,
    name: "chosen-clients",
    ...source("select_columns", "results_dataset"),
  });
  await studio.api.models.register({ workspace, name: "by-hand", ...source("train_model", "trained_model") });
  const cleaning = source("clean_missing_data", "cleaning_transformation");
  await studio.api.models.register({ workspace, name: "cleaning", ...cleaning });
  const { status, steps } = await run(
    stringify({
      type: "pipeline",
      inputs: {
        clients: { type: "uri_folder", path: "azureml:chosen-clients@latest" },
        model: { type: "custom_model", path: "azureml:by-hand:1" },
        cleaning: { type: "custom_model", path: "azureml:cleaning:1" },
      },
      jobs: {
        clean: step("apply_transformation", {
          transformation: parentInput("cleaning"),
          dataset: parentInput("clients"),
        }),
        score: step("score_model", {
          trained_model: parentInput("model"),
          dataset: from("clean", "transformed_dataset"),
        }),
      },
    }),
  );
  expect(status, JSON.stringify(steps)).toBe("Completed");
});

/** A dataset's table is read in the background. */
async function untilRead(name: string) {
  for (const end = Date.now() + 30_000; ; await sleep(100)) {
    const found = await studio.api.datasets.getVersion({ workspace, name, version: "@latest" });
    if (found.rowCount !== null || found.problem || Date.now() > end) return found;
  }
}

it("turns it into a batch pipeline that writes a dataset", { timeout: 3 * minuteMs }, async () => {
  const made = await studio.api.inference.create({ workspace, run: trained, mode: "batch" });
  const { text } = await studio.api.designer.get({ workspace, draft: made.draft });
  const { status } = await run(text);
  expect(status).toBe("Completed");
  const { items } = await studio.api.datasets.list({ workspace, limit: 50 });
  expect(items.map(({ name }) => name)).toContain("term-deposits-scored");
  const scored = await untilRead("term-deposits-scored");
  expect(scored.rowCount).toBe(4000);
  expect(scored.columns?.map(({ name }) => name)).toContain("Scored Probabilities");
});

async function untilDeployed(deployment: string): Promise<void> {
  for (const end = Date.now() + 5 * minuteMs; ; await sleep(300)) {
    const now = await studio.api.endpoints.getDeployment({ workspace, endpoint: "deposits", deployment });
    if (now.provisioningState === "Succeeded") return;
    if (now.provisioningState === "Failed" || Date.now() > end) throw new Error(JSON.stringify(now));
  }
}

/** One request to the endpoint, by its key. */
async function ask(data: object[]) {
  const { primaryKey } = await studio.api.endpoints.credentials({ workspace, endpoint: "deposits" });
  const response = await fetch(`http://127.0.0.1:${gateway.port}/e/${workspace}/deposits/score`, {
    method: "POST",
    headers: { authorization: `Bearer ${primaryKey}`, "content-type": "application/json" },
    body: JSON.stringify({ dataframe_records: data }),
  });
  return { status: response.status, text: await response.text() };
}

it("turns it into a service that answers a row", { timeout: 6 * minuteMs }, async () => {
  const made = await studio.api.inference.create({ workspace, run: trained, mode: "real-time" });
  // What the batch pipeline saved is the same content, so it is the same version.
  expect(made.saved.map(({ kind, version }) => [kind, version]).sort()).toEqual([
    ["model", "1"],
    ["transform", "1"],
  ]);
  const { text } = await studio.api.designer.get({ workspace, draft: made.draft });
  // The draft can be tried: its input gives the rows of the training data.
  const tried = await run(text);
  expect(tried.status).toBe("Completed");
  const jobs = parse(text).jobs as Record<string, unknown>;
  expect(Object.keys(jobs)).toContain("web_service_output");

  const model = await studio.api.inference.package({ workspace, text, name: "deposit-service" });
  expect(model).toEqual({ name: "deposit-service", version: "1" });
  await studio.api.endpoints.create({ workspace, spec: { name: "deposits" } });
  const spec = { name: "blue", model: "azureml:deposit-service:1" };
  await studio.api.endpoints.createDeployment({ workspace, endpoint: "deposits", spec, allTraffic: true });
  await untilDeployed("blue");
  const table = await studio.api.datasets.rows({
    workspace,
    name: "sample-bank-clients",
    version: "@latest",
    query: { limit: 3 },
  });
  const names = table.columns.map(({ name }) => name);
  const rows = table.rows.map((values) =>
    Object.fromEntries(values.flatMap((value, at) => (names[at] === "deposit" ? [] : [[names[at], value]]))),
  );
  const answer = await ask(rows);
  expect(answer.status).toBe(200);
  const scored = JSON.parse(answer.text) as Record<string, unknown>[];
  expect(scored).toHaveLength(3);
  for (const row of scored) {
    expect(["no", "yes"]).toContain(row["Scored Labels"]);
    expect(row["Scored Probabilities"]).toBeGreaterThan(0);
  }
  // A value that the model was trained on may be missing; a column of it may not.
  expect((await ask([{ ...rows[0], job: null }])).status).toBe(200);
  const { job: _, ...without } = rows[0] ?? {};
  const refused = await ask([without]);
  expect(refused.status).toBe(400);
  expect(refused.text).toContain("job: is missing");
});

/** Steps of every kind before two learners: a saved selection of columns, SQL, Python, and transforms one after the other. */
function makeRich(sample: string): string {
  const spec = parse(sample);
  const { import_data, boosted_decision_tree, split_data, train_model, score_model, evaluate_model } =
    spec.jobs;
  const raw = from("import_data", "results_dataset");
  const script = [
    "def azureml_main(dataframe1=None, dataframe2=None):",
    "    dataframe1['busy'] = dataframe1['campaign'] > 2",
    "    return dataframe1",
  ].join("\n");
  const score = (train: string) => ({
    ...score_model,
    inputs: { ...score_model.inputs, trained_model: from(train, "trained_model") },
  });
  const train = (learner: string) => ({
    ...train_model,
    inputs: { ...train_model.inputs, untrained_model: from(learner, "untrained_model") },
  });
  spec.jobs = {
    import_data,
    wanted: step("select_columns_in_dataset", {
      dataset: raw,
      columns: '["age", "job", "campaign", "balance", "deposit"]',
    }),
    selection: step("select_columns_transform", {
      dataset_with_wanted_columns: from("wanted", "results_dataset"),
    }),
    chosen: step("apply_transformation", {
      transformation: from("selection", "columns_selection_transformation"),
      dataset: raw,
    }),
    sql: step("apply_sql_transformation", {
      t1: from("chosen", "transformed_dataset"),
      sql_query: "select *, balance / 1000.0 as thousands from t1",
    }),
    script: step("execute_python_script", { dataset1: from("sql", "results_dataset"), script }),
    clean: step("clean_missing_data", {
      dataset: from("script", "result_dataset1"),
      columns: '{"begin":"all","rules":[{"exclude":{"names":["deposit"]}}]}',
      cleaning_mode: "mode",
    }),
    normalize: step("normalize_data", { dataset: from("clean", "cleaned_dataset") }),
    split_data: {
      ...split_data,
      inputs: { ...split_data.inputs, dataset: from("normalize", "transformed_dataset") },
    },
    trees: boosted_decision_tree,
    logistic: step("two_class_logistic_regression", { random_seed: 7 }),
    train_trees: train("trees"),
    train_logistic: train("logistic"),
    score_trees: score("train_trees"),
    score_logistic: score("train_logistic"),
    evaluate_model: {
      ...evaluate_model,
      inputs: {
        scored_dataset: from("score_trees", "scored_dataset"),
        scored_dataset_to_compare: from("score_logistic", "scored_dataset"),
      },
    },
  };
  return stringify(spec);
}

it("asks which of two models, keeps SQL and Python, and puts the service in place of the other", {
  timeout: 8 * minuteMs,
}, async () => {
  const { text: sample } = await studio.api.designer.create({ workspace, sample: "binary-classification" });
  const { name, status, steps } = await run(makeRich(sample));
  expect(status, JSON.stringify(steps)).toBe("Completed");
  const { items } = await studio.api.inference.paths({ workspace, run: name });
  expect(items.map(({ trainNode }) => trainNode)).toEqual(["train_trees", "train_logistic"]);
  const one = { workspace, run: name, mode: "real-time" as const };
  await expect(studio.api.inference.create(one)).rejects.toThrow(/train_trees, train_logistic/);

  const { nodes } = await studio.api.pipelines.graph({ workspace, run: name });
  const evaluated = nodes.find((node) => node.name === "evaluate_model")?.runName ?? "";
  const scores = await studio.api.inference.scores({ workspace, run: evaluated });
  expect(scores.pipeline).toBe(name);
  expect(
    scores.items.map(({ input, scoreNode, takesThreshold }) => [input, scoreNode, takesThreshold]),
  ).toEqual([
    ["scored_dataset", "score_trees", true],
    ["scored_dataset_to_compare", "score_logistic", true],
  ]);

  const { draft } = await studio.api.inference.create({
    ...one,
    trainNode: "train_logistic",
    scoreNode: "score_logistic",
    threshold: 0.3,
  });
  const { text } = await studio.api.designer.get({ workspace, draft });
  expect(Object.keys(parse(text).jobs)).toEqual(expect.arrayContaining(["chosen", "sql", "script"]));
  expect((await run(text)).status).toBe("Completed");

  const model = await studio.api.inference.package({ workspace, text, name: "deposit-service" });
  const spec = { name: "green", model: `azureml:${model.name}:${model.version}` };
  const wish = { allTraffic: true, removeFormer: true };
  await studio.api.endpoints.createDeployment({ workspace, endpoint: "deposits", spec, ...wish });
  await untilDeployed("green");
  const row = { age: 52, job: "retired", campaign: 4, balance: 2500 };
  for (const end = Date.now() + minuteMs; ; await sleep(300)) {
    expect((await ask([row])).status, "while one takes the place of the other").not.toBe(502);
    const { deployments } = await studio.api.endpoints.get({ workspace, endpoint: "deposits" });
    if (deployments.length === 1 || Date.now() > end) break;
  }
  const answer = await ask([row, { ...row, age: 25, job: "student" }]);
  expect(answer.status, answer.text).toBe(200);
  const scored = JSON.parse(answer.text) as Record<string, unknown>[];
  for (const one of scored) {
    expect(one).toMatchObject({ busy: true });
    expect(one["Scored Labels"]).toBe(Number(one["Scored Probabilities"]) >= 0.3 ? "yes" : "no");
  }
  for (const [column, value] of Object.entries({ age: "old", job: 5, balance: true })) {
    const refused = await ask([{ ...row, [column]: value }]);
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.text).data.issues[0].path).toBe(column);
  }
});
