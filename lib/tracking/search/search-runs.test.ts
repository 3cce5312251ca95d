import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { createClientRun } from "../commands/client-runs.ts";
import { logBatch } from "../commands/log-batch.ts";
import { getOrCreateExperiment } from "../experiments.ts";
import { countRuns, type RunSearch, searchRuns } from "./search-runs.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
let workspace: TestWorkspace;
const start = Date.UTC(2026, 0, 1);

/** Runs a … h, one minute apart; c has no auc and that of d is not a number; e and f have the same one. */
const values: [string, number | undefined][] = [
  ["a", 0.5],
  ["b", 0.9],
  ["c", undefined],
  ["d", Number.NaN],
  ["e", 0.7],
  ["f", 0.7],
  ["g", undefined],
  ["h", 0.1],
];

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url);
  workspace = await createTestWorkspace(client.db);
  for (const [index, [name, auc]] of values.entries()) {
    const run = await client.db.transaction(async (tx) =>
      createClientRun(tx, {
        experiment: await getOrCreateExperiment(tx, workspace.id, index < 4 ? "first" : "second"),
        displayName: name,
        userName: "robot",
        createdBy: workspace.userId,
        startedAt: start + index * 60_000,
        tags: [],
      }),
    );
    await logBatch(client.db, run, {
      metrics: auc === undefined ? [] : [{ key: "auc", value: auc, step: 0, timestamp: 1 }],
      params: index % 2 ? [{ key: "kind", value: `k${index}` }] : [],
      tags: [{ key: "index", value: String(index) }],
    });
    const endedAt = new Date(start + index * 60_000 + index * 1000);
    await client.db.update(runs).set({ endedAt, status: "Completed" }).where(eq(runs.id, run.id));
  }
});

afterAll(async () => {
  await client.close();
  await drop();
});

function search(more: Partial<RunSearch>): RunSearch {
  return { workspaceId: workspace.id, limit: 100, view: "active", ...more };
}

async function names(more: Partial<RunSearch>): Promise<string> {
  const { rows } = await searchRuns(client.db, search(more));
  return rows.map(({ run }) => run.displayName).join("");
}

async function paged(more: Partial<RunSearch>, limit: number): Promise<string> {
  let found = "";
  let cursor: string | undefined;
  do {
    const page = await searchRuns(client.db, search({ ...more, limit, cursor }));
    found += page.rows.map(({ run }) => run.displayName).join("");
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

describe("the order", () => {
  const orders: [string, string][] = [
    ["", "hgfedcba"],
    ["metrics.auc desc", "bfeahdgc"],
    ["metrics.auc", "hafebdgc"],
    ["params.kind", "bdfhgeca"],
    ["params.kind desc, metrics.auc", "hfdbaegc"],
    ["name", "abcdefgh"],
    ["duration desc", "hgfedcba"],
    ["experiment desc, metrics.auc desc", "fehgbadc"],
    ["tags.index desc", "hgfedcba"],
  ];

  it.each(orders)("by “%s”", async (orderBy, expected) => {
    expect(await names({ orderBy })).toBe(expected);
  });

  it.each(orders)("by “%s” is the same in pages of any size", async (orderBy, expected) => {
    for (const limit of [1, 2, 3, 5, 8]) expect(await paged({ orderBy }, limit), `${limit}`).toBe(expected);
  });

  it("refuses a key twice and a cursor of another order", async () => {
    await expect(names({ orderBy: "name, name desc" })).rejects.toThrow("“name” is there twice");
    const { nextCursor } = await searchRuns(client.db, search({ orderBy: "name", limit: 2 }));
    await expect(names({ orderBy: "", cursor: nextCursor ?? "" })).rejects.toThrow("cursor");
  });
});

describe("the studio's own fields", () => {
  it.each([
    ["experiment = first", "dcba"],
    ["experiment_id = 2", "hgfe"],
    ["user = ROBOT", ""],
    ["user = robot", "hgfedcba"],
    ["user = Ada and duration > 5s", "hg"],
    ["user != Ada", ""],
    ["status = completed and metrics.auc > 0.6", "feb"],
    ["status != completed", ""],
    ["type = mlflow and origin = mlflow and compute is null", "hgfedcba"],
    ["environment = 'sklearn-1.5'", ""],
    ["metrics.auc is null", "gc"],
    ["metrics.auc is not null and metrics.auc != 0.7", "hba"],
    ["params.kind in (k1, k3)", "db"],
    ["tags.index not in ('0', '1', '2', '3')", "hgfe"],
    ["tags.mlflow.runName = 'c'", "c"],
    ["created >= '2026-01-01T00:06:00Z'", "hg"],
    ["artifact_uri LIKE 'mlflow-artifacts:/2/%'", "hgfe"],
  ])("%s", async (filter, expected) => {
    expect(await names({ filter })).toBe(expected);
    expect(await countRuns(client.db, search({ filter }))).toBe(expected.length);
  });

  it("binds what is compared, whatever it holds", async () => {
    expect(await names({ filter: `name = "a' or 1=1 --"` })).toBe("");
    expect(await names({ filter: `name like "%\\%"` })).toBe("");
    expect(await names({ filter: `tags."x' or 'a" = 'a'` })).toBe("");
  });
});

it("takes more conditions and a view from its caller", async () => {
  expect(await names({ where: [eq(runs.displayName, "b")] })).toBe("b");
  expect(await names({ view: "deleted" })).toBe("");
  expect(await names({ experimentNumbers: [1] })).toBe("dcba");
  expect(await names({ experimentNumbers: [] })).toBe("");
});

it("gives all that was logged", async () => {
  const { rows } = await searchRuns(client.db, search({ filter: "name = b" }));
  expect(rows[0]).toMatchObject({
    experimentName: "first",
    createdBy: { name: "Ada" },
    data: {
      metrics: [{ key: "auc", value: 0.9, isNan: false, step: 0, timestamp: 1 }],
      params: [{ key: "kind", value: "k1" }],
      parentName: null,
    },
  });
  expect(rows[0]?.data.tags).toContainEqual({ key: "mlflow.runName", value: "b" });
});
