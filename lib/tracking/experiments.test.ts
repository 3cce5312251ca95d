import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { experiments, runs } from "#db/schema/index.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createTestWorkspace } from "#lib/testing/workspace.ts";
import { createClientRun } from "./commands/client-runs.ts";
import {
  createExperiment,
  deleteExperiment,
  findExperimentByName,
  getExperiment,
  getOrCreateExperiment,
  renameExperiment,
  restoreExperiment,
} from "./experiments.ts";
import { readExperimentSummaries } from "./queries/experiment-summaries.ts";
import { getRunByName } from "./queries/runs.ts";
import { searchExperiments } from "./search/search-experiments.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url, { max: 20 });
});

afterAll(async () => {
  await client.close();
  await drop();
});

it("numbers experiments from 0 without a gap, however many are made at once", async () => {
  const { id } = await createTestWorkspace(client.db);
  const names = Array.from({ length: 20 }, (_, index) => `experiment ${index}`);
  // Each name is asked for twice, as by two runs that start together.
  await Promise.all(
    [...names, ...names].map((name) => client.db.transaction((tx) => getOrCreateExperiment(tx, id, name))),
  );
  const rows = await client.db.select().from(experiments).where(eq(experiments.workspaceId, id));
  expect(rows.map((row) => row.number).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 21 }, (_, index) => index),
  );
  expect(rows.find((row) => row.number === 0)?.name).toBe("Default");
});

it("keeps a name to one experiment, also while that one is deleted", async () => {
  const { id } = await createTestWorkspace(client.db);
  const create = (name: string) => client.db.transaction((tx) => createExperiment(tx, id, { name }));
  const made = await create("churn");
  await deleteExperiment(client.db, made);
  await expect(create("churn")).rejects.toThrow("exists already");
  await expect(create("  ")).rejects.toThrow("name");
  const other = await create("other");
  await expect(renameExperiment(client.db, other, "churn")).rejects.toThrow("exists already");
  await renameExperiment(client.db, other, "renamed");
  expect(await findExperimentByName(client.db, id, "renamed")).toMatchObject({ number: other.number });
  const back = await client.db.transaction((tx) => getOrCreateExperiment(tx, id, "churn"));
  expect(back).toMatchObject({ number: made.number, deletedAt: null });
});

it("counts the runs of each experiment", async () => {
  const { id, userId } = await createTestWorkspace(client.db);
  const experiment = await client.db.transaction((tx) => getOrCreateExperiment(tx, id, "counted"));
  const input = { experiment, userName: "", createdBy: userId, tags: [] };
  const first = await createClientRun(client.db, { ...input, startedAt: 5000 });
  await createClientRun(client.db, { ...input, startedAt: 9000 });
  await client.db.update(runs).set({ status: "Completed" }).where(eq(runs.id, first.id));
  const { rows } = await searchExperiments(client.db, {
    workspaceId: id,
    limit: 10,
    view: "active",
    orderBy: ["id"],
  });
  const summaries = await readExperimentSummaries(client.db, rows);
  expect(
    summaries.map(({ name, runCount, openRunCount, lastRunAt }) => [name, runCount, openRunCount, lastRunAt]),
  ).toEqual([
    ["Default", 0, 0, null],
    ["counted", 2, 1, 9000],
  ]);
  await expect(deleteExperiment(client.db, await getExperiment(client.db, id, 0))).rejects.toThrow(
    "cannot be deleted",
  );
});

it("deletes and restores an experiment with its runs, but not while the studio executes one", async () => {
  const { id, userId } = await createTestWorkspace(client.db);
  const [experiment, run] = await client.db.transaction(async (tx) => {
    const made = await getOrCreateExperiment(tx, id, "busy");
    const input = { experiment: made, userName: "", createdBy: userId, tags: [] };
    return [made, await createClientRun(tx, input)] as const;
  });
  await client.db.update(runs).set({ origin: "studio" }).where(eq(runs.id, run.id));
  await expect(deleteExperiment(client.db, experiment)).rejects.toThrow("1 run of busy did not end yet");
  await client.db.update(runs).set({ status: "Completed" }).where(eq(runs.id, run.id));
  await deleteExperiment(client.db, experiment);
  expect((await getRunByName(client.db, id, run.name)).deletedAt).not.toBeNull();
  await restoreExperiment(client.db, experiment);
  expect((await getRunByName(client.db, id, run.name)).deletedAt).toBeNull();
});
