import type { ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findFreePorts } from "./ports.ts";
import { ensureDatabase, type PostgresOptions, postgresUrl, startPostgres } from "./postgres.ts";
import { choosePostgresData } from "./postgres-files.ts";
import { stopChild } from "./service.ts";
import { findUnprivilegedUser } from "./unprivileged-user.ts";

let home: string;
let options: PostgresOptions;
let server: ChildProcess;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "atelier-postgres-"));
  chmodSync(home, 0o711);
  const [port = 0] = await findFreePorts(1);
  const dataDir = choosePostgresData(home, findUnprivilegedUser());
  options = { dataDir, port, password: 'it\'s a "pass" & word', logFile: join(home, "postgres.log") };
  server = await startPostgres(options);
});
afterAll(async () => {
  await stopChild(server, "SIGINT", 10_000);
  rmSync(home, { recursive: true, force: true });
});

async function query(text: string): Promise<unknown[]> {
  const sql = postgres(postgresUrl(options, "kept"), { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}

it("makes its database once", async () => {
  await ensureDatabase(options, "kept");
  await ensureDatabase(options, "kept");
  await query("create table notes (text text)");
  await query("insert into notes values ('written before')");
});

it("comes back with its data right after it was killed", async () => {
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGKILL");
  await ended;
  server = await startPostgres(options);
  expect(await query("select text from notes")).toEqual([{ text: "written before" }]);
});

it("ends the server that a killed start left running, and takes its place", async () => {
  const left = server;
  server = await startPostgres(options);
  expect(left.exitCode).toBe(0);
  expect(await query("select text from notes")).toEqual([{ text: "written before" }]);
});
