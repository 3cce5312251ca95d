import { afterAll, beforeAll, expect, it } from "vitest";
import { storeBlob } from "#lib/files/commands.ts";
import { blobKey } from "#lib/files/keys.ts";
import type { TestStudio } from "#lib/testing/studio-server.ts";
import { finish, readSteps } from "../../runner/testing/pipelines.ts";
import { bareEnvironments } from "../../runner/testing/runs.ts";
import { until } from "../testing/client.ts";
import { type PreviewStudio, type Question, startPreviewStudio } from "../testing/preview-studio.ts";
import { trimPreviews } from "./trim-previews.ts";

let previews: PreviewStudio;
let studio: TestStudio;
let workspace: string;
let text: string;
let draft: string;

beforeAll(async () => {
  previews = await startPreviewStudio();
  ({ studio, workspace } = previews);
  const made = await studio.api.designer.create({ workspace, sample: "binary-classification" });
  draft = made.id;
  text = made.text
    .replace(/ {2}default_compute: .*\n/, "")
    .replace("settings:\n", "settings:\n  default_compute: azureml:local\n");
  await studio.api.designer.save({ workspace, draft, text });
  // The first one waits for the environment and its worker.
  await answer({ node: "import_data" }, 240_000);
}, 300_000);

afterAll(() => previews?.close());

const ask = (question: Question) => previews.ask({ draft, text, ...question });

const answer = (question: Question, timeoutMs = 30_000) =>
  previews.answer({ draft, text, ...question }, timeoutMs);

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
    expect(split.error).toBeNull();
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

it("asks the rows of a preview in SQL", async () => {
  const { key, hasRows } = await answer({ node: "split_data" });
  expect(hasRows).toBe(true);
  const ask = (sql: string) => studio.api.designer.queryPreview({ workspace, key, sql });
  const counted = await ask("select deposit, count(*) as n from data group by 1 order by 1");
  expect(counted.columns.map(({ name }) => name)).toEqual(["deposit", "n"]);
  expect(counted.rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(2800);
  const all = await ask("select * from data");
  expect(all).toMatchObject({ more: true, cut: null });
  expect(all.rows).toHaveLength(500);
  await expect(ask("select *\nfrom dato")).rejects.toMatchObject({
    code: "VALIDATION_FAILED",
    data: { details: { line: 2 } },
  });
  await expect(ask("select * from read_csv('/etc/passwd')")).rejects.toMatchObject({
    code: "VALIDATION_FAILED",
  });
  const profile = await studio.api.designer.profilePreview({ workspace, key });
  expect(profile.rowCount).toBe(2800);
  expect(profile.columns.every(({ count, histogram }) => count === 2800 && histogram.length > 0)).toBe(true);
  const data = await answer({ node: "inputs.clients" });
  const whole = await studio.api.designer.queryPreview({
    workspace,
    key: data.key,
    sql: "select count(*) from data",
  });
  expect(whole.rows).toEqual([[4000]]);
  const trained = await answer({ node: "train_model", heavy: true });
  expect(trained.hasRows).toBe(false);
  await expect(
    studio.api.designer.queryPreview({ workspace, key: trained.key, sql: "select 1" }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("tells readers what is known, and computes nothing for them", async () => {
  const { sql } = studio.services;
  const { id: workspaceId, userId } = studio.workspace;
  const become = (role: string) =>
    sql`update workspace_members set role = ${role} where workspace_id = ${workspaceId} and user_id = ${userId}`;
  const { key } = await answer({ node: "split_data" });
  await become("reader");
  try {
    expect(await ask({ node: "split_data" })).toMatchObject({ status: "ready", key, hasRows: true });
    const asked = { workspace, key, sql: "select count(*) from data" };
    expect((await studio.api.designer.queryPreview(asked)).rows).toEqual([[2800]]);
    const edited = text.replace("fraction_of_rows: 0.7", "fraction_of_rows: 0.33");
    expect((await ask({ node: "split_data", text: edited })).status).toBe("on_request");
    const saved = studio.api.designer.saveRows({ workspace, key, name: "mine" });
    await expect(saved).rejects.toMatchObject({ code: "FORBIDDEN" });
  } finally {
    await become("owner");
  }
});

it("saves the rows of a preview as a dataset, which stays", async () => {
  const { key } = await answer({ node: "split_data" });
  const saved = await studio.api.designer.saveRows({ workspace, key, name: "half", description: "A look" });
  expect(saved).toEqual({ name: "half", version: "1", rowCount: 2800 });
  const { versions } = await studio.api.datasets.get({ workspace, name: "half" });
  expect(versions[0]).toMatchObject({ format: "parquet", rowCount: 2800, description: "A look" });
});

it("shows what a command gave in the last run, and computes what follows from it", async () => {
  const job = (body: string) => `type: pipeline
settings: {default_compute: azureml:local}
jobs:
  own:
    type: command
    command: 'printf "name,age\\nAda,36\\nBen,\\n" > \${{outputs.table}}/people.csv'
    environment: ${JSON.stringify(bareEnvironments.local)}
    outputs: {table: {type: uri_folder}}
  clean:
    component: azureml://registries/atelier/components/clean_missing_data
    inputs:
      dataset: \${{parent.jobs.own.outputs.table}}
      cleaning_mode: ${body}
`;
  const mine = job("remove_row");
  expect(await ask({ node: "own", port: "table", text: mine })).toMatchObject({
    status: "on_request",
    error: null,
    heavyNodes: ["own"],
  });
  const { name: run } = await studio.api.runs.submit({ workspace, spec: mine });
  expect((await finish(studio, run)).status).toBe("Completed");
  const own = await answer({ node: "own", port: "table", text: mine, run });
  expect(own).toMatchObject({
    status: "ready",
    hasRows: true,
    origin: { nodes: ["own"], run, stepRun: expect.any(String) },
    // Nobody asked for it on a sample yet, and may.
    heavyNodes: ["own"],
    result: {
      kind: "table",
      rows: 2,
      sampled: false,
      head: [
        ["Ada", 36],
        ["Ben", null],
      ],
    },
  });
  const sql = "select count(*) as n from data where age > 30";
  expect((await studio.api.designer.queryPreview({ workspace, key: own.key, sql })).rows).toEqual([[1]]);
  // What follows is computed on what it gave, also after an edit.
  const clean = await answer({ node: "clean", text: mine, run });
  expect(clean).toMatchObject({ result: { rows: 1 }, origin: { nodes: ["own"], run, stepRun: null } });
  const kept = await answer({ node: "clean", text: job("remove_column"), run });
  expect(kept.result?.columns.map(({ name }) => name)).toEqual(["name"]);
  // A module's port, too, as the run left it.
  const ran = await answer({ node: "clean", port: "cleaned_dataset", text: mine, run, from: "run" });
  expect(ran).toMatchObject({ result: { rows: 1 }, origin: { nodes: ["clean"], run } });
  expect((await ask({ node: "clean", port: "nothing", text: mine, run, from: "run" })).error?.code).toBe(
    "NOT_RUN",
  );
}, 90_000);

it("knows the main metric of the last runs of a draft", async () => {
  const trend = (node?: string) => studio.api.designer.trend({ workspace, draft, ...(node ? { node } : {}) });
  expect(await trend()).toEqual({ metric: null, node: "", points: [] });
  const values: number[] = [];
  for (const fraction of ["0.7", "0.6"]) {
    const spec = text.replace("fraction_of_rows: 0.7", `fraction_of_rows: ${fraction}`);
    const { name: run } = await studio.api.runs.submit({ workspace, spec });
    await studio.api.designer.rememberSubmit({ workspace, draft, memory: {}, run });
    expect((await finish(studio, run)).status).toBe("Completed");
    const { evaluate_model: step } = await readSteps(studio, run);
    const { metrics } = await studio.api.runs.get({ workspace, run: step?.runName ?? "" });
    values.push(metrics.AUC ?? Number.NaN);
  }
  const whole = await trend();
  expect(whole).toMatchObject({ metric: "AUC", node: "evaluate_model" });
  expect(whole.points.map(({ value }) => value)).toEqual(values);
  // A step without a metric shows that of what comes after it.
  expect((await trend("train_model")).points).toEqual(whole.points);
  expect((await studio.api.runs.list({ workspace, limit: 50 })).items[0]?.tags).not.toHaveProperty(
    "mlflow.atelier.draft",
  );
}, 120_000);

it("tells what a preview waits for, and stops it when it is not wanted any more", async () => {
  const slow = (name: string) =>
    `type: pipeline\nsettings: {default_compute: azureml:local}\njobs:\n  ${name}:\n    component: azureml://registries/atelier/components/execute_python_script\n    inputs:\n      script: |\n        import time\n        import pandas as pd\n        def azureml_main(a=None, b=None):\n            time.sleep(60)  # ${name}\n            return pd.DataFrame({"a": [1]}),\n`;
  const look = (name: string) => ask({ node: name, text: slow(name), heavy: true });
  // Two are computed at a time.
  const keys = [await look("a"), await look("b"), await look("c")].map(({ key }) => key);
  // First it says only that it computes, then which of the steps.
  await until(async () => (await look("a")).progress?.step === 1);
  expect((await look("a")).progress).toMatchObject({
    node: "a",
    step: 1,
    steps: 1,
    since: expect.any(Number),
  });
  const third = await look("c");
  expect(third).toMatchObject({ status: "queued", progress: { phase: "queued", ahead: 2 } });
  for (const key of keys) await studio.api.designer.cancelPreview({ workspace, key });
  expect((await ask({ node: "a", text: slow("a"), compute: false })).status).toBe("on_request");
  await until(async () => {
    const [open] = await studio.services.sql`
      select count(*)::int as count from tasks where kind = 'preview.compute' and status in ('queued', 'running')`;
    return open?.count === 0;
  });
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
  const { sql, store } = studio.services;
  const files = async () => {
    const rows = await sql`select sha256 from blobs where transient_at is not null order by sha256`;
    return rows.map(({ sha256 }): string => sha256);
  };
  const isStored = async (sha256: string) =>
    (await store.head(blobKey(studio.workspace.id, sha256))) !== null;
  const made = await files();
  expect(made.length).toBeGreaterThan(8);
  // One of them is a file of somebody's by now.
  const [own = "", ...others] = made;
  const body = (await store.get(blobKey(studio.workspace.id, own))).body;
  expect((await storeBlob(studio.services, studio.workspace.id, body)).sha256).toBe(own);
  expect(await files()).toEqual(others);
  const [before] = await sql`select count(*)::int as count from previews`;
  await sql`update previews set used_at = now() - interval '8 days' where node = 'score_model'`;
  await sql`update preview_steps set used_at = now() - interval '8 days'`;
  await trimPreviews(studio.services);
  const [after] = await sql`select count(*)::int as count from previews`;
  expect(after?.count).toBe(before?.count - 1);
  expect((await sql`select 1 from preview_steps`).length).toBe(0);
  // What was made within the hour may belong to a step that is not noted yet.
  expect(await files()).toEqual(others);
  await sql`update trees set transient_at = now() - interval '2 hours' where transient_at is not null`;
  await sql`update blobs set transient_at = now() - interval '2 hours' where transient_at is not null`;
  await trimPreviews(studio.services);
  expect(await files()).toEqual([]);
  expect((await sql`select 1 from trees where transient_at is not null`).length).toBe(0);
  expect(await Promise.all(made.map(isStored))).toEqual(made.map((sha256) => sha256 === own));
  // Asked again, it is computed again; the worker still has the files, the store gets them anew.
  const again = await answer({
    node: "split_data",
    text: text.replace("fraction_of_rows: 0.7", "fraction_of_rows: 0.5"),
  });
  expect(again.result?.rows).toBe(2000);
  expect(await Promise.all((await files()).map(isStored))).not.toContain(false);
});
