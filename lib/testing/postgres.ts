import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { migrateDatabase } from "#db/migrate.ts";
import { isStale, newTestName, testEnv } from "./test-env.ts";

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

const migrations = new URL("../../db/migrations", import.meta.url).pathname;
const templateLock = 727_001_992;

/** A migrated database of its own for a test file: a copy of a template, which takes some 50 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const sql = connect();
  try {
    const template = await ensureTemplate(sql);
    const name = newTestName();
    await sql`create database ${sql(name)} template ${sql(template)}`;
    return { url: urlOf(name), drop: () => dropDatabase(name) };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Removes databases of runs that were killed: those whose name says that they are over an hour old. */
export async function dropStaleDatabases(): Promise<void> {
  const sql = connect();
  try {
    const rows = await sql<{ datname: string }[]>`select datname from pg_database`;
    const stale = rows.filter(({ datname }) => isStale(datname));
    for (const row of stale) await sql`drop database if exists ${sql(row.datname)} with (force)`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The template is named by the migrations it ran, so a new migration makes a new one. */
async function ensureTemplate(sql: Sql): Promise<string> {
  const name = `atelier_template_${hashMigrations()}`;
  const find = () => sql`select 1 from pg_database where datname = ${name}`;
  if ((await find()).length > 0) return name;
  await sql`select pg_advisory_lock(${templateLock})`;
  try {
    if ((await find()).length > 0) return name;
    const draft = newTestName();
    await sql`create database ${sql(draft)}`;
    await migrateDatabase(urlOf(draft));
    await sql`alter database ${sql(draft)} rename to ${sql(name)}`;
    return name;
  } finally {
    await sql`select pg_advisory_unlock(${templateLock})`;
  }
}

function hashMigrations(): string {
  const hash = createHash("sha256");
  const files = readdirSync(migrations, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(path.slice(migrations.length)).update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

async function dropDatabase(name: string): Promise<void> {
  const sql = connect();
  try {
    await sql`drop database if exists ${sql(name)} with (force)`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function connect(): Sql {
  return postgres(testEnv("TEST_DATABASE_URL"), { max: 1, connect_timeout: 10, onnotice: () => {} });
}

function urlOf(database: string): string {
  const url = new URL(testEnv("TEST_DATABASE_URL"));
  url.pathname = `/${database}`;
  return url.href;
}
