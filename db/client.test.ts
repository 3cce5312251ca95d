import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "#lib/testing/postgres.ts";
import { connectDatabase, type DatabaseClient } from "./client.ts";

let database: TestDatabase;
let client: DatabaseClient;

beforeAll(async () => {
  database = await createTestDatabase();
  client = connectDatabase(database.url, { max: 2 });
});

afterAll(async () => {
  await client?.close();
  await database?.drop();
});

// postgres.js 3.4.9 writes to a socket that is gone, outside of every promise, and ends the process (patches/).
it("refuses what is asked on a connection that was cut, and the pool goes on", async () => {
  const { sql } = client;
  const reserved = await sql.reserve();
  const [row] = await reserved<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await sql`select pg_terminate_backend(${row?.pid ?? 0})`;
  for (let asked = 0; asked < 3; asked += 1) {
    const refused = await reserved`select 1`.then(
      () => "",
      (error: { code?: string }) => error.code,
    );
    expect(refused).toMatch(/^(CONNECTION_CLOSED|57P01|ECONNRESET)$/);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  reserved.release();
  expect(await Promise.all(Array.from({ length: 8 }, (_, n) => sql`select ${n}::int as n`))).toHaveLength(8);
});
