import { type ChildProcess, execFile } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { preparePostgresBinaries } from "./postgres-files.ts";
import { endProcess, findMark } from "./processes.ts";
import { startService } from "./service.ts";
import { findUnprivilegedUser, type Ids } from "./unprivileged-user.ts";

export interface PostgresOptions {
  /** The cluster's folder; made on first start. `choosePostgresData` says where it can be. */
  dataDir: string;
  port: number;
  password: string;
  logFile: string;
  /** More `-c name=value` settings of the server. */
  settings?: Record<string, string>;
}

const user = "atelier";
const startTimeoutMs = 60_000;
const retryMs = 15_000;

/** Starts the embedded Postgres on the loopback address, after ending one that an earlier, killed start left behind. */
export async function startPostgres(options: PostgresOptions): Promise<ChildProcess> {
  const ids = findUnprivilegedUser();
  const binaries = preparePostgresBinaries(ids);
  await endLeftoverPostgres(options.dataDir);
  if (!existsSync(join(options.dataDir, "PG_VERSION"))) await initialiseCluster(binaries, ids, options);
  const deadline = Date.now() + retryMs;
  for (;;) {
    try {
      return await launch(binaries, ids, options);
    } catch (error) {
      // After a kill -9 the server's own children hold its shared memory for another moment.
      const busy =
        error instanceof Error && /shared memory block|lock file .* already exists/.test(error.message);
      if (!busy || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** The address of one of its databases. */
export function postgresUrl(options: Pick<PostgresOptions, "port" | "password">, database: string): string {
  return `postgres://${user}:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`;
}

export async function ensureDatabase(options: PostgresOptions, database: string): Promise<void> {
  const sql = postgres(postgresUrl(options, "postgres"), { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${database}`;
    if (found.length === 0) await sql`create database ${sql(database)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function launch(binaries: string, ids: Ids | null, options: PostgresOptions): Promise<ChildProcess> {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    ...options.settings,
  };
  return startService({
    name: "Postgres",
    command: join(binaries, "bin", "postgres"),
    args: [
      ...["-D", options.dataDir, "-p", String(options.port)],
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    cwd: options.dataDir,
    env: { ...process.env, LC_MESSAGES: "C", TZ: "UTC" },
    ids,
    logFile: options.logFile,
    readyTimeoutMs: startTimeoutMs,
    isReady: () => answers(postgresUrl(options, "postgres")),
  });
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Works in a draft folder: a first start that is cut short must not leave a half-made cluster. */
async function initialiseCluster(binaries: string, ids: Ids | null, options: PostgresOptions): Promise<void> {
  const draft = `${options.dataDir}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(draft), { recursive: true });
  mkdirSync(draft, { mode: 0o700 });
  const secretDir = mkdtempSync(join(tmpdir(), "atelier-initdb-"));
  const passwordFile = join(secretDir, "password");
  try {
    writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
    for (const path of ids ? [draft, secretDir, passwordFile] : [])
      chownSync(path, ids?.uid ?? 0, ids?.gid ?? 0);
    chmodSync(draft, 0o700);
    await promisify(execFile)(
      join(binaries, "bin", "initdb"),
      [
        `--pgdata=${draft}`,
        `--username=${user}`,
        `--pwfile=${passwordFile}`,
        ...["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
      ],
      { ...ids, cwd: draft, timeout: startTimeoutMs, env: { ...process.env, LC_ALL: "C.UTF-8" } },
    );
    renameSync(draft, options.dataDir);
  } finally {
    rmSync(secretDir, { recursive: true, force: true });
  }
}

/** Ends the server that still runs on this folder, if any. SIGINT is Postgres's own fast shutdown. */
export async function endLeftoverPostgres(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const [pid, folder] = readFileSync(pidFile, "utf8").split("\n");
  const mark = findMark(Number(pid));
  if (mark && folder === dataDir && isPostgres(mark.pid)) await endProcess(mark, "SIGINT", 20_000);
}

/** A pid file outlives a reboot, and its number may belong to anyone by then. */
function isPostgres(pid: number): boolean {
  if (process.platform !== "linux") return true;
  return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "postgres";
}
