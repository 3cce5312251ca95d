import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { teams, users, workspaces } from "#db/schema/index.ts";
import { newId } from "#lib/core/ids.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createAssetVersion, deleteAssetLabel, setAssetLabel } from "./commands.ts";
import { findAssetVersion, getAsset, listAssets, listAssetVersions } from "./queries.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
const workspaceId = newId("ws");

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url, { max: 20 });
  const userId = newId("usr");
  const teamId = newId("team");
  await client.db.insert(users).values({ id: userId, email: "a@example.com", name: "A" });
  await client.db.insert(teams).values({ id: teamId, name: "Team" });
  await client.db
    .insert(workspaces)
    .values({ id: workspaceId, teamId, name: "w", displayName: "W", createdBy: userId });
});

afterAll(async () => {
  await client.close();
  await drop();
});

function add(name: string, version?: string) {
  return client.db.transaction((tx) =>
    createAssetVersion(tx, {
      workspaceId,
      kind: "model",
      name,
      version,
      type: "custom_model",
      source: { kind: "none" },
    }),
  );
}

describe("versions of an asset", () => {
  it("gives 20 callers at once the numbers 1 to 20", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => add("twenty")));
    const numbers = made.map(({ version }) => Number(version.version)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it("keeps a given version as text, continues after a given number, and refuses one twice", async () => {
    expect((await add("given", "1.10")).version.version).toBe("1.10");
    expect((await add("given", "7")).version.version).toBe("7");
    expect((await add("given")).version.version).toBe("8");
    await expect(add("given", "7")).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(add("bad name")).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      issues: [{ path: "name" }],
    });
  });

  it("takes `latest` as the one made last, not the highest", async () => {
    await add("order", "9");
    await add("order", "2");
    const asset = await getAsset(client.db, workspaceId, "model", "order");
    expect((await findAssetVersion(client.db, asset, {}))?.version).toBe("2");
    expect((await findAssetVersion(client.db, asset, { label: "latest" }))?.version).toBe("2");
    expect(await findAssetVersion(client.db, asset, { label: "prod" })).toBeNull();
  });

  it("moves a label from one version to another", async () => {
    const first = await add("labelled");
    const second = await add("labelled");
    await setAssetLabel(client.db, first.asset, "prod", first.version);
    await setAssetLabel(client.db, first.asset, "prod", second.version);
    expect((await findAssetVersion(client.db, first.asset, { label: "prod" }))?.version).toBe("2");
    const versions = await listAssetVersions(client.db, first.asset);
    expect(versions.map(({ summary }) => [summary.version, summary.labels])).toEqual([
      ["2", ["prod"]],
      ["1", []],
    ]);
    await expect(setAssetLabel(client.db, first.asset, "latest", first.version)).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    expect(await deleteAssetLabel(client.db, first.asset, "prod")).toBe(true);
    expect(await deleteAssetLabel(client.db, first.asset, "prod")).toBe(false);
  });

  it("pages through a list without repeating or losing one", async () => {
    for (let i = 0; i < 7; i++) await add(`page_${i}`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAssets(client.db, {
        workspaceId,
        kind: "model",
        search: "page_",
        limit: 3,
        cursor,
      });
      expect(page.total).toBe(7);
      seen.push(...page.items.map(({ summary }) => summary.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, i) => `page_${i}`));
  });
});
