import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { assets, assetVersions, drafts, endpoints, users } from "#db/schema/index.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createWorkspace } from "#lib/workspaces/commands.ts";
import { searchWorkspace } from "./queries.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
let workspaceId: string;
let otherId: string;

async function addRuns(id: string, from: number, to: number): Promise<void> {
  await client.db.execute(sql`
    insert into runs (id, workspace_id, name, display_name, experiment_number, type, status, origin, root_run_id,
      created_at)
    select ${id} || '_' || n, ${id}, 'keen_plum_' || n, 'lgbm-l' || n, 0, 'command', 'Completed', 'studio',
      ${id} || '_' || n, now() - (n || ' seconds')::interval
    from generate_series(${from}::int, ${to}::int) n`);
}

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url);
  await client.db.insert(users).values({ id: "usr_o", email: "o@b.example", name: "O" });
  workspaceId = (await createWorkspace(client.db, "usr_o", { name: "one" })).id;
  otherId = (await createWorkspace(client.db, "usr_o", { name: "two" })).id;
  await addRuns(workspaceId, 1, 100_000);
  await client.db.insert(assets).values([
    { id: "ast_1", workspaceId, kind: "dataset", name: "bank-marketing" },
    { id: "ast_2", workspaceId, kind: "dataset", name: "scored_bank" },
    { id: "ast_3", workspaceId, kind: "model", name: "bank-model" },
    { id: "ast_4", workspaceId, kind: "model", name: "bank-archived", archivedAt: new Date() },
    { id: "ast_6", workspaceId, kind: "environment", name: "Ärger" },
    { id: "ast_7", workspaceId, kind: "component", name: "bank-cleaning" },
    { id: "ast_5", workspaceId: otherId, kind: "model", name: "bank-elsewhere" },
  ]);
  for (const version of ["1", "2"]) {
    await client.db.insert(assetVersions).values({
      id: `ver_${version}`,
      assetId: "ast_1",
      workspaceId,
      version,
      type: "uri_file",
      source: { kind: "none" },
      createdAt: new Date(Number(version)),
    });
  }
  const state = new Uint8Array([0, 0]);
  await client.db.insert(drafts).values([
    { id: "drf_1", workspaceId, name: "Term deposits of the bank", text: "", state, nodeCount: 8 },
    { id: "drf_2", workspaceId: otherId, name: "Bank elsewhere", text: "", state },
  ]);
  const keys = { primaryKeyHash: "a", secondaryKeyHash: "b", traffic: { blue: 80, green: 20, old: 0 } };
  await client.db.insert(endpoints).values({ id: "ep_1", workspaceId, name: "term-bank", ...keys });
  await client.db.execute(sql`analyze`);
});

afterAll(async () => {
  await client.close();
  await drop();
});

const find = (text: string, limit = 8) => searchWorkspace(client.db, { workspaceId, text, limit });

describe("searching a workspace of 100,000 runs", () => {
  it("finds things of every kind by part of their name, those that start with it first, and nobody else's", async () => {
    const found = await find("BANK");
    expect(found.map(({ kind, name, fact }) => [kind, name, fact])).toEqual([
      ["draft", "drf_1", "8 steps"],
      ["dataset", "bank-marketing", "v2"],
      ["dataset", "scored_bank", ""],
      ["model", "bank-model", ""],
      ["component", "bank-cleaning", ""],
      ["endpoint", "term-bank", "blue 80% · green 20%"],
    ]);
    expect((await searchWorkspace(client.db, { workspaceId, text: "bank", limit: 8 }, "model")).length).toBe(
      1,
    );
  });

  it("finds a new run by part of its name and an old one by its whole name", async () => {
    expect((await find("lgbm-l1234")).map(({ title }) => title)).toContain("lgbm-l1234");
    expect(await find("plum_99999", 8)).toEqual([]);
    expect((await find("keen_plum_99999")).map(({ title }) => title)).toEqual(["lgbm-l99999"]);
  });

  it("does not mind case, in other alphabets either", async () => {
    expect((await find("äRGER")).map(({ name }) => name)).toEqual(["Ärger"]);
    expect((await find("LGBM-L1234")).map(({ title }) => title)).toContain("lgbm-l1234");
  });

  it("finds the modules of the studio, those that start with the text first", async () => {
    const found = await searchWorkspace(client.db, { workspaceId, text: "clean", limit: 2 }, "component");
    expect(found.map(({ name, title, fact }) => [name, title, fact])).toEqual([
      ["bank-cleaning", "bank-cleaning", ""],
      ["clean_missing_data", "Clean Missing Data", "module"],
    ]);
  });

  it("takes % and _ as they are", async () => {
    expect((await find("bank_")).map(({ name }) => name)).toEqual([]);
    expect((await find("scored_")).map(({ name }) => name)).toEqual(["scored_bank"]);
    expect(await find("%")).toEqual([]);
  });

  it("gives the newest without a text", async () => {
    const found = await find("", 2);
    expect(found.filter(({ kind }) => kind === "run").map(({ title }) => title)).toEqual([
      "lgbm-l1",
      "lgbm-l2",
    ]);
  });
});
