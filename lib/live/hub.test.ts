import { pino } from "pino";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createLiveHub, type LiveHub } from "./hub.ts";
import type { LiveEvent } from "./model.ts";
import { publish } from "./outbox.ts";

let client: DatabaseClient;
let url: string;
let drop: () => Promise<void>;
let hub: LiveHub;

beforeAll(async () => {
  const database = await createTestDatabase();
  ({ url, drop } = database);
  client = connectDatabase(url);
  hub = createLiveHub(client.sql, pino({ level: "warn" }));
  await hub.ready;
});

afterAll(async () => {
  await hub.close();
  await client.close();
  await drop();
});

async function until(check: () => boolean): Promise<void> {
  const end = Date.now() + 8000;
  while (!check()) {
    if (Date.now() > end) throw new Error("did not happen within 8 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const change = (name: string) => ({ workspaceId: "ws_a", kind: "run", name, event: "status" });

it("delivers a slow transaction's change too, in one order, and replays what was missed", async () => {
  const seen: LiveEvent[] = [];
  const other: LiveEvent[] = [];
  hub.subscribe("ws_a", (event) => seen.push(event));
  hub.subscribe("ws_b", (event) => other.push(event));
  await publish(client.db, change("first"));
  await until(() => seen.length === 1);

  const slow = postgres(url, { max: 1 });
  let commit = () => {};
  const held = new Promise<void>((resolve) => {
    commit = resolve;
  });
  const inserted = Promise.withResolvers<void>();
  const slowDone = slow.begin(async (tx) => {
    await tx`insert into outbox (workspace_id, kind, name, event) values ('ws_a', 'run', 'slow', 'status')`;
    inserted.resolve();
    await held;
  });
  await inserted.promise;
  await publish(client.db, change("quick"));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(seen.map((event) => event.name)).toEqual(["first"]);
  commit();
  await slowDone;
  await until(() => seen.length === 3);
  expect(seen.map((event) => event.name)).toEqual(["first", "slow", "quick"]);
  expect(other).toEqual([]);

  const missed = await hub.replay("ws_a", seen[0]?.id ?? "");
  expect(missed?.map((event) => event.name)).toEqual(["slow", "quick"]);
  expect(await hub.replay("ws_b", seen[0]?.id ?? "")).toEqual([]);
  expect(await hub.replay("ws_a", "1.99999")).toBeNull();
  expect(await hub.replay("ws_a", "nonsense")).toBeNull();
  await slow.end();
});
