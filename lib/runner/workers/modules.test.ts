import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { finish, moduleStep, outputOf, readSteps, submitPipeline } from "../testing/pipelines.ts";
import { removePrograms } from "../testing/programs.ts";
import { type RunnerProcess, startRunnerProcess } from "../testing/runner-process.ts";
import { readLogText, waitForRun } from "../testing/runs.ts";

let studio: TestStudio;
let runner: RunnerProcess;

beforeAll(async () => {
  studio = await startTestStudio();
  await studio.services.sql`update compute_targets set max_instances = 30`;
  runner = await startRunnerProcess(studio.services.variables);
  // The first step makes the environment, which takes as long as the packages take to come.
  const { name } = await submitPipeline(studio, "docker", { data: table });
  expect(await finish(studio, name, 240_000)).toMatchObject({ status: "Completed" });
}, 300_000);

afterAll(async () => {
  await runner?.kill("SIGTERM");
  if (studio) await removePrograms(studio);
  await studio?.close();
});

const rows = Array.from(
  { length: 60 },
  (_, i) => `${i},${i % 5 === 0 ? "" : (i * 7) % 11},${i % 2 ? "yes" : "no"}`,
);
const table = moduleStep("enter_data_manually", { data: ["id,size,bought", ...rows].join("\n") });
const script = (text: string, more = {}) => moduleStep("execute_python_script", { script: text, ...more });

function training(leaves: number) {
  return {
    data: table,
    clean: moduleStep("clean_missing_data", {
      dataset: outputOf("data", "dataset"),
      columns: '["size"]',
      cleaning_mode: "mean",
    }),
    split: moduleStep("split_data", {
      dataset: outputOf("clean", "cleaned_dataset"),
      fraction_of_rows: 0.7,
      random_seed: 3,
    }),
    trees: moduleStep("two_class_boosted_decision_tree", { number_of_leaves: leaves, random_seed: 5 }),
    train: moduleStep("train_model", {
      untrained_model: outputOf("trees", "untrained_model"),
      dataset: outputOf("split", "results_dataset1"),
      label_column: "bought",
    }),
    score: moduleStep("score_model", {
      trained_model: outputOf("train", "trained_model"),
      dataset: outputOf("split", "results_dataset2"),
    }),
    evaluate: moduleStep("evaluate_model", { scored_dataset: outputOf("score", "scored_dataset") }),
  };
}

it("trains on a warm worker, and again only what a changed parameter changes", async () => {
  const first = await submitPipeline(studio, "docker", training(4));
  const done = await finish(studio, first.name);
  const steps = await readSteps(studio, first.name);
  expect(Object.values(steps).flatMap(({ error }) => error ?? [])).toEqual([]);
  expect(done.status).toBe("Completed");
  expect(steps.clean?.fact).not.toBeNull();
  const evaluated = await studio.api.runs.get({
    workspace: studio.workspace.name,
    run: steps.evaluate?.runName ?? "",
  });
  expect(evaluated.metrics).toHaveProperty("AUC");
  const second = await submitPipeline(studio, "docker", training(6));
  expect(await finish(studio, second.name)).toEqual({
    status: "Completed",
    steps: {
      data: "reused",
      clean: "reused",
      split: "reused",
      trees: "Completed",
      train: "Completed",
      score: "Completed",
      // It reads the scores and nothing else, and those may well be the same.
      evaluate: expect.stringMatching(/^(Completed|reused)$/),
    },
  });
}, 60_000);

it("runs a module in a container of its own where that is asked for", async () => {
  const clean = (columns: string) =>
    moduleStep("clean_missing_data", { dataset: outputOf("data", "dataset"), columns }, { isolation: true });
  const right = await submitPipeline(studio, "docker", { data: table, clean: clean('["size", "id"]') });
  const wrong = await submitPipeline(studio, "docker", { data: table, clean: clean('["nothing"]') });
  expect((await finish(studio, right.name)).steps).toEqual({ data: "reused", clean: "Completed" });
  const { clean: done } = await readSteps(studio, right.name);
  expect(done?.fact).not.toBeNull();
  expect((await finish(studio, wrong.name)).status).toBe("Failed");
  const { clean: failed } = await readSteps(studio, wrong.name);
  expect(failed?.error).toMatchObject({ code: "MODULE_ERROR", message: expect.stringContaining("nothing") });
}, 60_000);

it("says where a module failed, keeps what it printed, and ends it when it is canceled", async () => {
  const wrong = {
    data: table,
    clean: moduleStep("clean_missing_data", { dataset: outputOf("data", "dataset"), columns: '["nothing"]' }),
  };
  const { name } = await submitPipeline(studio, "docker", wrong);
  expect(await finish(studio, name)).toMatchObject({ status: "Failed", steps: { clean: "Failed" } });
  const { clean } = await readSteps(studio, name);
  expect(clean?.error).toMatchObject({ code: "MODULE_ERROR", message: expect.stringContaining("nothing") });
  const talking = script(
    "import time\ndef azureml_main(a=None, b=None):\n    print('here', flush=True)\n    time.sleep(60)\n",
  );
  const long = await submitPipeline(studio, "docker", { talking }, { force_rerun: true });
  const runName = (await readSteps(studio, long.name)).talking?.runName ?? "";
  await waitForRun(studio, long.name, async () => (await readLogText(studio, runName)).includes("here"));
  await studio.api.runs.cancel({ workspace: studio.workspace.name, run: long.name });
  expect(await finish(studio, long.name)).toEqual({ status: "Canceled", steps: { talking: "Canceled" } });
}, 60_000);

it("loses and doubles no module when the runner is killed", async () => {
  const text =
    "import time, pandas as pd\ndef azureml_main(a=None, b=None):\n    time.sleep(1)\n    return pd.DataFrame({'x': [SALT]})\n";
  const wide = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`m${i}`, script(text.replace("SALT", `${i}`))]),
  );
  const { name } = await submitPipeline(studio, "docker", wide, { force_rerun: true });
  await waitForRun(
    studio,
    name,
    async () =>
      Object.values(await readSteps(studio, name)).filter((s) => s.status === "Completed").length >= 2,
  );
  await runner.kill("SIGKILL");
  runner = await startRunnerProcess(studio.services.variables);
  const done = await finish(studio, name);
  expect(Object.values(done.steps)).toEqual(Array(20).fill("Completed"));
  const [tries] = await studio.services.sql<{ tries: number; steps: number }[]>`
    select count(a.id)::int as tries, count(distinct r.id)::int as steps
    from runs p join runs r on r.parent_run_id = p.id join attempts a on a.run_id = r.id where p.name = ${name}`;
  expect(tries).toEqual({ tries: 20, steps: 20 });
}, 60_000);
