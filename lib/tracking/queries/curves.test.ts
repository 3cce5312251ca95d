import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { latestMetrics, metrics, params, runs, runTags } from "#db/schema/index.ts";
import { newId } from "#lib/core/ids.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { getOrCreateExperiment } from "../experiments.ts";
import { readCurves } from "./curves.ts";
import { listLoggedKeys } from "./keys.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
let workspace: TestWorkspace;
const ids = [newId("run"), newId("run")] as const;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url);
  const { db } = client;
  workspace = await createTestWorkspace(db);
  const experiment = await db.transaction((tx) => getOrCreateExperiment(tx, workspace.id, "curves"));
  for (const [index, id] of ids.entries()) {
    await db.insert(runs).values({
      id,
      workspaceId: workspace.id,
      name: `run_${index}`,
      displayName: `run ${index}`,
      experimentNumber: experiment.number,
      type: "command",
      status: "Completed",
      origin: "mlflow",
      rootRunId: id,
    });
  }
  // A wave of 10,000 points with one peak that thinning must keep.
  await client.sql`
    insert into metrics (run_id, key, step, timestamp, value, is_nan)
    select ${ids[0]}, 'wave', n, 1000 + n, case when n = 7777 then 99 else sin(n / 50.0) end, false
    from generate_series(0, 9999) n`;
  await db.insert(metrics).values([
    { runId: ids[1], key: "wave", step: 0, timestamp: 1, value: 1, isNan: false },
    { runId: ids[1], key: "wave", step: 1, timestamp: 2, value: 0, isNan: true },
    { runId: ids[1], key: "loss", step: 0, timestamp: 1, value: 3, isNan: false },
  ]);
  await db.insert(latestMetrics).values([
    { runId: ids[0], key: "wave", step: 9999, timestamp: 1, value: 1 },
    { runId: ids[1], key: "wave", step: 1, timestamp: 1, value: 1 },
    { runId: ids[1], key: "loss", step: 0, timestamp: 1, value: 3 },
  ]);
  await db.insert(params).values({ runId: ids[0], key: "rate", value: "0.1" });
  await db.insert(runTags).values([
    { runId: ids[0], key: "team", value: "a" },
    { runId: ids[0], key: "mlflow.user", value: "a" },
  ]);
});

afterAll(async () => {
  await client.close();
  await drop();
});

it("thins a long curve, keeps its peak and its ends, and stays in order", async () => {
  const [curve] = await readCurves(client.db, workspace.id, { runs: ["run_0"], points: 100 });
  expect(curve?.steps.length).toBeLessThanOrEqual(102);
  expect(Math.max(...(curve?.values ?? []).map(Number))).toBe(99);
  expect(curve?.steps.at(-1)).toBe(9999);
  expect(curve?.steps).toEqual([...(curve?.steps ?? [])].sort((a, b) => a - b));
  expect(curve?.times[0]).toBe(1000 + (curve?.steps[0] ?? -1));
});

it("gives short curves whole, with a gap where there is no number, in the order of the runs", async () => {
  const curves = await readCurves(client.db, workspace.id, { runs: ["run_1", "run_0"], points: 20_000 });
  expect(curves.map((curve) => `${curve.run} ${curve.key} ${curve.steps.length}`)).toEqual([
    "run_1 loss 1",
    "run_1 wave 2",
    "run_0 wave 10000",
  ]);
  expect(curves[1]?.values).toEqual([1, null]);
  const only = await readCurves(client.db, workspace.id, { runs: ["run_1"], keys: ["loss"], points: 10 });
  expect(only.map((curve) => curve.key)).toEqual(["loss"]);
});

it("knows no run of another workspace", async () => {
  const other = await createTestWorkspace(client.db);
  await expect(readCurves(client.db, other.id, { runs: ["run_0"], points: 10 })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await listLoggedKeys(client.db, other.id)).toEqual([]);
});

it("lists what was logged, without MLflow's own tags", async () => {
  expect(await listLoggedKeys(client.db, workspace.id)).toEqual([
    { kind: "metrics", key: "wave", runCount: 2 },
    { kind: "metrics", key: "loss", runCount: 1 },
    { kind: "params", key: "rate", runCount: 1 },
    { kind: "tags", key: "team", runCount: 1 },
  ]);
});
