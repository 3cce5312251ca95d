import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import { preparing } from "./prepared.ts";
import * as schema from "./schema/index.ts";

export type Database = PostgresJsDatabase<typeof schema>;
/** What queries take, so that they run inside a transaction or outside of one. */
export type Queryable = Database | Parameters<Parameters<Database["transaction"]>[0]>[0];

export interface DatabaseClient {
  db: Database;
  /** postgres.js itself, for LISTEN, COPY and `unnest` ingest. Drizzle makes it answer times as text. */
  sql: Sql;
  close(): Promise<void>;
}

/** Opens a pool. Statements end after 30 s, an idle transaction after 60 s, so that nothing hangs for ever. */
export function connectDatabase(
  url: string,
  /** `prepare`: for a process that sends the same few statements all the time. */
  options: { max?: number; name?: string; prepare?: boolean } = {},
): DatabaseClient {
  const sql = postgres(url, {
    max: options.max ?? 10,
    connect_timeout: 10,
    idle_timeout: 60,
    onnotice: () => {},
    connection: {
      application_name: options.name ?? "atelier",
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
      TimeZone: "UTC",
    },
  });
  const db = drizzle(options.prepare ? preparing(sql) : sql, { schema });
  return { db, sql, close: () => sql.end({ timeout: 5 }) };
}
