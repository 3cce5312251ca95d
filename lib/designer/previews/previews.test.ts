import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestStudio } from "#lib/testing/studio-server.ts";
import { startTestStudio } from "#lib/testing/studio-server.ts";
import { type RunnerProcess, startRunnerProcess } from "../../runner/testing/runner-process.ts";
import { provideUv } from "../../runner/testing/uv.ts";
import { removeWorkers } from "../../runner/testing/workers.ts";
import type { Preview } from "../model.ts";
import { until } from "../testing/client.ts";
import { trimPreviews } from "./trim-previews.ts";

let studio: TestStudio;
let runner: RunnerProcess;
let workspace: string;
let text: string;
let draft: string;

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
  await provideUv(studio.services.env.home);
  runner = await startRunnerProcess(studio.services.variables);
  const made = await studio.api.designer.create({ workspace, sample: "binary-classification" });
  draft = made.id;
  text = made.text
    .replace(/ {2}default_compute: .*\n/, "")
    .replace("settings:\n", "settings:\n  default_compute: azureml:local\n");
  await studio.api.designer.save({ workspace, draft, text });
  // The first one waits for the environment and its worker.
  await answer({ node: "import_data" }, 240_000);
}, 300_000);

afterAll(async () => {
  await runner?.kill("SIGTERM");
  if (studio) await removeWorkers(studio);
  await studio?.close();
});

type Question = { node: string; port?: string; heavy?: boolean; compute?: boolean; text?: string };

function ask(question: Question): Promise<Preview> {
  return studio.api.designer.preview({ workspace, draft, text, ...question });
}

async function answer(question: Question, timeoutMs = 30_000): Promise<Preview> {
  const first = await ask(question);
  if (first.status !== "queued" && first.status !== "running") return first;
  await told(first.key, timeoutMs);
  return ask(question);
}

/** Waits for the event that a page waits for. */
async function told(key: string, timeoutMs: number): Promise<void> {
  await until(async () => {
    const rows = await studio.services.sql`
      select 1 from outbox where kind = 'preview' and name = ${key} and event in ('ready', 'failed')`;
    return rows.length > 0;
  }, timeoutMs);
}

it("shows what a port holds before anything is run, and after an edit", async () => {
  const { status, result, error } = await answer({ node: "clean_missing_data" });
  expect(error).toBeNull();
  expect(status).toBe("ready");
  expect(result).toMatchObject({ kind: "table", rows: 4000, sampled: false });
  expect(result?.columns.map(({ name }) => name)).toContain("deposit");
  expect(result?.head).toHaveLength(50);
  expect(result?.columns.every(({ histogram }) => histogram !== null)).toBe(true);
  for (const fraction of [0.61, 0.62, 0.63]) {
    const edited = text.replace("fraction_of_rows: 0.7", `fraction_of_rows: ${fraction}`);
    const split = await answer({ node: "split_data", text: edited });
    expect(split.result?.rows).toBe(4000 * fraction);
  }
});

it("answers at once what is known, and knows what an edit made stale", async () => {
  const known = await answer({ node: "split_data", port: "results_dataset2" });
  expect((await ask({ node: "split_data", port: "results_dataset2" })).status).toBe("ready");
  const edited = text.replace("cleaning_mode: mode", "cleaning_mode: remove_row");
  const stale = await ask({ node: "split_data", port: "results_dataset2", text: edited, compute: false });
  expect(stale.key).not.toBe(known.key);
  expect(stale).toMatchObject({ status: "on_request", result: null, heavyNodes: [] });
});

it("trains only when it is asked to", async () => {
  const wanted = await ask({ node: "score_model" });
  expect(wanted).toMatchObject({ status: "on_request", heavyNodes: ["train_model"] });
  const scored = await answer({ node: "score_model", heavy: true }, 60_000);
  expect(scored.error).toBeNull();
  expect(scored.result?.columns.map(({ role }) => role)).toContain("score");
  const model = await answer({ node: "train_model" });
  expect(model.result).toMatchObject({ kind: "facts" });
  expect(model.result?.facts.length).toBeGreaterThan(1);
}, 90_000);

it("says which step, parameter and column are at fault", async () => {
  const wrong = text.replace("stratification_key_column: deposit", "stratification_key_column: nothing");
  const failed = await answer({ node: "split_data", text: wrong });
  expect(failed).toMatchObject({ status: "failed", result: null });
  expect(failed.error).toMatchObject({
    code: "MODULE_ERROR",
    node: "split_data",
    parameter: "stratification_key_column",
  });
  const loose = text.replace("      dataset: ${{parent.jobs.import_data.outputs.results_dataset}}\n", "");
  expect((await ask({ node: "split_data", text: loose })).error).toMatchObject({
    code: "NOT_CONNECTED",
    node: "select_columns",
    parameter: "dataset",
  });
});

it("shows a dataset whole", async () => {
  const data = await answer({ node: "inputs.clients" });
  expect(data).toMatchObject({ status: "ready", port: "out", result: { rows: 4000, sampled: false } });
  expect(data.result?.columns.length).toBeGreaterThan(5);
});

it("cancels what nobody waits for any more", async () => {
  const slow = (seconds: number) =>
    `type: pipeline\nsettings: {default_compute: azureml:local}\njobs:\n  wait:\n    component: azureml://registries/atelier/components/execute_python_script\n    inputs:\n      script: |\n        import time\n        import pandas as pd\n        def azureml_main(a=None, b=None):\n            time.sleep(${seconds})\n            return pd.DataFrame({"a": [1]}),\n`;
  const first = await ask({ node: "wait", text: slow(60), heavy: true });
  expect(first.status).toBe("queued");
  const second = await answer({ node: "wait", text: slow(0.1), heavy: true });
  expect(second.error).toBeNull();
  expect(second.result?.rows).toBe(1);
  const [row] = await studio.services.sql`select status from previews where key = ${first.key}`;
  expect(row?.status).toBe("canceled");
  await until(async () => {
    const [open] = await studio.services.sql`
      select count(*)::int as count from tasks where kind = 'preview.compute' and status in ('queued', 'running')`;
    return open?.count === 0;
  });
});

it("forgets what nobody looked at for a week", async () => {
  const { sql, db } = studio.services;
  const [before] = await sql`select count(*)::int as count from previews`;
  await sql`update previews set used_at = now() - interval '8 days' where node = 'score_model'`;
  await sql`update preview_steps set used_at = now() - interval '8 days'`;
  await trimPreviews(db);
  const [after] = await sql`select count(*)::int as count from previews`;
  expect(after?.count).toBe(before?.count - 1);
  expect((await sql`select 1 from preview_steps`).length).toBe(0);
});
