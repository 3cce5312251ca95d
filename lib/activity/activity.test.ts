import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { activities, users } from "#db/schema/index.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { listActivities } from "./queries.ts";
import { recordActivity } from "./record.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
const workspaceId = "ws_1";

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url);
  await client.db.insert(users).values({ id: "usr_o", email: "o@b.example", name: "O" });
});

afterAll(async () => {
  await client.close();
  await drop();
});

it("pages newest first, also where many happened at once, and repeats or loses none", async () => {
  const createdAt = new Date("2026-11-01T12:00:00.123Z");
  const rows = Array.from({ length: 23 }, (_, i) => ({
    id: `act_${String(i).padStart(2, "0")}`,
    workspaceId,
    userId: i % 2 === 0 ? "usr_o" : null,
    verb: "created",
    kind: "dataset",
    name: `d${i}`,
    createdAt: i < 20 ? createdAt : new Date(createdAt.getTime() + i),
  }));
  await client.db.insert(activities).values(rows);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listActivities(client.db, { workspaceId, limit: 5, cursor });
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(rows.map(({ name }) => name).reverse());
});

it("tells of one thing only when asked, and who did it", async () => {
  const deed = { workspaceId: "ws_2", userId: "usr_o", verb: "registered", kind: "model", name: "m" };
  await recordActivity(client.db, { ...deed, data: { version: "3" } });
  await recordActivity(client.db, { ...deed, name: "other", userId: null });
  const { items } = await listActivities(client.db, {
    workspaceId: "ws_2",
    kind: "model",
    name: "m",
    limit: 9,
  });
  expect(items).toMatchObject([
    { user: { id: "usr_o", name: "O" }, verb: "registered", name: "m", data: { version: "3" } },
  ]);
  const all = await listActivities(client.db, { workspaceId: "ws_2", limit: 9 });
  expect(all.items.map(({ user }) => user?.name ?? null).sort()).toEqual(["O", null]);
  expect((await listActivities(client.db, { workspaceId: "ws_3", limit: 9 })).items).toEqual([]);
});
