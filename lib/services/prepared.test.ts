import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { createTestServices, type TestServices } from "#lib/testing/services.ts";

describe("a client that prepares its statements", () => {
  let services: TestServices;
  let client: DatabaseClient;

  beforeAll(async () => {
    services = await createTestServices();
    client = connectDatabase(services.env.DATABASE_URL, { max: 1, prepare: true });
  });
  afterAll(async () => {
    await client.close();
    await services.close();
  });

  const prepared = async (like: string) => {
    const rows = await client.sql<{ statement: string }[]>`
      select statement from pg_prepared_statements where statement like ${like}`;
    return rows.map(({ statement }) => statement);
  };

  it("prepares what comes again, also in transactions, and answers the same", async () => {
    const ask = (db: Pick<DatabaseClient["db"], "execute">, value: number) =>
      db.execute<{ twice: number; at: unknown }>(sql`select ${value}::int * 2 as twice, now() as at`);
    for (let value = 0; value < 3; value++) expect((await ask(client.db, value))[0]?.twice).toBe(value * 2);
    expect(await prepared("%as twice, now()%")).toHaveLength(1);
    await client.db.transaction(async (tx) => {
      for (let value = 0; value < 5; value++) {
        expect((await tx.execute(sql`select ${`${value}`}::text as inside`))[0]).toEqual({
          inside: `${value}`,
        });
      }
      await tx.transaction(async (inner) => {
        const [row] = await ask(inner, 21);
        expect(row).toMatchObject({ twice: 42, at: expect.any(String) });
      });
      await expect(tx.transaction((inner) => inner.execute(sql`select 1 / 0`))).rejects.toThrow();
    });
    expect(await prepared("%as inside%")).toHaveLength(1);
  });

  it("leaves alone what has a text of its own", async () => {
    for (let i = 0; i < 5; i++) await client.db.execute(sql.raw(`select ${i} as own_text`));
    expect(await prepared("select _ as own_text")).toEqual([]);
  });
});
