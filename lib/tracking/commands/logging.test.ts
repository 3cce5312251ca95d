import { and, eq, gt, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { latestMetrics, metrics, outbox, runEvents, runs } from "#db/schema/index.ts";
import { sleep } from "#lib/core/time.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { getOrCreateExperiment } from "../experiments.ts";
import { readRunData } from "../queries/run-data.ts";
import { getActiveRun, getRunByName, type Run } from "../queries/runs.ts";
import { createClientRun, deleteRun, restoreRun, updateClientRun } from "./client-runs.ts";
import { logBatch } from "./log-batch.ts";
import type { MetricPoint } from "./log-metrics.ts";
import { deleteTag, setTags } from "./set-tags.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
let workspace: TestWorkspace;
let run: Run;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url);
  workspace = await createTestWorkspace(client.db);
});

afterAll(async () => {
  await client.close();
  await drop();
});

beforeEach(async () => {
  run = await newRun();
});

function newRun(tags: { key: string; value: string }[] = []): Promise<Run> {
  return client.db.transaction(async (tx) =>
    createClientRun(tx, {
      experiment: await getOrCreateExperiment(tx, workspace.id, "logging"),
      userName: "ada",
      createdBy: workspace.userId,
      tags,
    }),
  );
}

const point = (key: string, step: number, timestamp: number, value: number): MetricPoint => ({
  key,
  step,
  timestamp,
  value,
});

const latest = async () => {
  const rows = await client.db.select().from(latestMetrics).where(eq(latestMetrics.runId, run.id));
  return Object.fromEntries(rows.map((row) => [row.key, row.isNan ? "NaN" : row.value]));
};
const count = () => client.db.$count(metrics, eq(metrics.runId, run.id));

describe("metrics", () => {
  it("are one point however often they are sent", async () => {
    const batch = { metrics: [point("a", 1, 10, 0.5), point("a", 2, 20, 0.6), point("a", 1, 10, 0.5)] };
    await logBatch(client.db, run, batch);
    await logBatch(client.db, run, batch);
    expect(await count()).toBe(2);
    expect(await latest()).toEqual({ a: 0.6 });
  });

  it("have a latest value: greatest step, then time, then value, in whatever order they come", async () => {
    const points = [
      point("m", 3, 50, 0.2),
      point("m", 3, 50, 0.3),
      point("m", 3, 40, 9),
      point("m", 1, 99, 8),
    ];
    for (const one of points) await logBatch(client.db, run, { metrics: [one] });
    expect(await latest()).toEqual({ m: 0.3 });
    const other = await newRun();
    await logBatch(client.db, other, { metrics: points.toReversed() });
    run = other;
    expect(await latest()).toEqual({ m: 0.3 });
  });

  it("may be no number or beyond every number", async () => {
    await logBatch(client.db, run, {
      metrics: [
        point("n", 1, 1, Number.NaN),
        point("p", 1, 1, Number.POSITIVE_INFINITY),
        point("q", 1, 1, Number.NEGATIVE_INFINITY),
      ],
    });
    expect(await latest()).toEqual({ n: "NaN", p: Number.MAX_VALUE, q: -Number.MAX_VALUE });
  });

  it("come from many writers at once without a dead lock, and none is lost", async () => {
    const keys = ["a", "b", "c", "d", "e"];
    const batch = (writer: number) =>
      keys
        .flatMap((key) => Array.from({ length: 20 }, (_, step) => point(key, step, writer, writer)))
        .sort(() => (writer % 2 ? 1 : -1));
    await Promise.all(
      Array.from({ length: 10 }, (_, writer) => logBatch(client.db, run, { metrics: batch(writer) })),
    );
    expect(await count()).toBe(10 * 5 * 20);
    expect(await latest()).toEqual({ a: 9, b: 9, c: 9, d: 9, e: 9 });
  });

  it("are announced at most twice a second, and the last of them always", async () => {
    const [before] = await client.db.select({ id: sql<number>`coalesce(max(id), 0)::int` }).from(outbox);
    const announced = () =>
      client.db
        .select()
        .from(outbox)
        .where(and(gt(outbox.id, before?.id ?? 0), eq(outbox.name, run.name), eq(outbox.event, "metrics")));
    for (let step = 0; step < 50; step += 1) {
      await logBatch(client.db, run, { metrics: [point("live", step, step, step)] });
    }
    await logBatch(client.db, run, { metrics: [point("last", 1, 1, 1)] });
    await sleep(1300);
    const events = await announced();
    expect(events.length).toBeGreaterThanOrEqual(2);
    expect(events.length).toBeLessThanOrEqual(6);
    expect(events.flatMap((event) => event.data.keys)).toContain("last");
  });
});

describe("a batch", () => {
  it("is written whole or not at all", async () => {
    await logBatch(client.db, run, { params: [{ key: "depth", value: "3" }] });
    await expect(
      logBatch(client.db, run, {
        params: [{ key: "depth", value: "4" }],
        metrics: [point("a", 1, 1, 1)],
        tags: [{ key: "t", value: "1" }],
      }),
    ).rejects.toThrow("already logged with value='3'");
    expect(await count()).toBe(0);
    const data = (await readRunData(client.db, [run])).get(run.id);
    expect(data?.params).toEqual([{ key: "depth", value: "3" }]);
    expect(data?.tags.map((tag) => tag.key)).toEqual(["mlflow.runName"]);
  });

  it("gives two writers of one parameter one value and one error", async () => {
    const results = await Promise.allSettled(
      ["1", "2", "3", "4"].map((value) => logBatch(client.db, run, { params: [{ key: "p", value }] })),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  });
});

describe("tags", () => {
  it("that stand for columns change the run", async () => {
    await setTags(client.db, run, [
      { key: "mlflow.runName", value: "renamed" },
      { key: "mlflow.note.content", value: "a note" },
      { key: "own", value: "1" },
    ]);
    const changed = await getRunByName(client.db, workspace.id, run.name);
    expect(changed).toMatchObject({ displayName: "renamed", description: "a note" });
    const data = (await readRunData(client.db, [changed])).get(run.id);
    expect(data?.tags).toEqual([
      { key: "mlflow.note.content", value: "a note" },
      { key: "mlflow.runName", value: "renamed" },
      { key: "own", value: "1" },
    ]);
    expect(await deleteTag(client.db, changed, "own")).toBe(true);
    expect(await deleteTag(client.db, changed, "own")).toBe(false);
  });

  it("name a parent, but never close a circle", async () => {
    const child = await newRun([{ key: "mlflow.parentRunId", value: run.name }]);
    expect(child).toMatchObject({ parentRunId: run.id, rootRunId: run.id });
    await setTags(client.db, run, [{ key: "mlflow.parentRunId", value: child.name }]);
    expect(await getRunByName(client.db, workspace.id, run.name)).toMatchObject({ parentRunId: null });
  });
});

describe("what a client says of a run", () => {
  it("ends one of its own and takes it up again", async () => {
    const ended = await updateClientRun(client.db, run, { status: "Failed", endedAt: 5000 });
    expect(ended).toMatchObject({ status: "Failed", endedAt: new Date(5000) });
    const again = await updateClientRun(client.db, ended, { status: "Running" });
    expect(again).toMatchObject({ status: "Running", endedAt: null });
    const events = await client.db.select().from(runEvents).where(eq(runEvents.runId, run.id));
    expect(events.map((event) => event.event)).toEqual(["Running", "Failed", "Running"]);
  });

  it("does not end one that the studio executes", async () => {
    await client.db.update(runs).set({ origin: "studio" }).where(eq(runs.id, run.id));
    run = await getRunByName(client.db, workspace.id, run.name);
    expect(await updateClientRun(client.db, run, { status: "Completed", endedAt: 5000 })).toMatchObject({
      status: "Running",
      endedAt: null,
    });
    expect(await updateClientRun(client.db, run, { status: "Failed" })).toMatchObject({ status: "Running" });
    const events = await client.db.select().from(runEvents).where(eq(runEvents.runId, run.id));
    expect(events.at(-1)).toMatchObject({ event: "note", reason: "The script reported a failure" });
    await expect(deleteRun(client.db, run)).rejects.toThrow("did not end yet");
  });

  it("hides a run from writers until it is restored", async () => {
    await deleteRun(client.db, run);
    await expect(getActiveRun(client.db, workspace.id, run.name)).rejects.toThrow("'active' state");
    await restoreRun(client.db, run);
    expect(await getActiveRun(client.db, workspace.id, run.name)).toMatchObject({ deletedAt: null });
  });
});
