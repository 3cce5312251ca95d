import postgres from "postgres";
import { expect, it } from "vitest";
import { createTestDatabase } from "./postgres.ts";

it("gives each caller a migrated database of its own", async () => {
  const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  expect(first.url).not.toBe(second.url);
  const sql = postgres(first.url, { max: 1 });
  const [row] = await sql<{ tables: number }[]>`
    select count(*)::int as tables from information_schema.tables where table_schema = 'public'`;
  expect(row?.tables).toBeGreaterThan(5);
  await sql.end();
  await Promise.all([first.drop(), second.drop()]);
});
