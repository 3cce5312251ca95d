import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { findJson, writeJson } from "./files.ts";
import { findFreePorts } from "./ports.ts";
import { postgresUrl, startPostgres } from "./postgres.ts";
import { choosePostgresData } from "./postgres-files.ts";
import { endProcess, findMark, isAlive, type ProcessMark } from "./processes.ts";
import { preparePythonTools, toolPath } from "./python-tools.ts";
import { innerPortCount, startSeaweed } from "./seaweed.ts";
import { findUnprivilegedUser } from "./unprivileged-user.ts";

export interface TestServices {
  env: Record<
    | "TEST_DATABASE_URL"
    | "TEST_S3_ENDPOINT"
    | "TEST_S3_ACCESS_KEY_ID"
    | "TEST_S3_SECRET_ACCESS_KEY"
    // A studio under test has a home of its own, without the tools that build environments and what they downloaded.
    | "ATELIER_UV"
    | "UV_CACHE_DIR",
    string
  >;
  postgres: ProcessMark;
  store: ProcessMark;
  /** Who started them; when it is gone, nobody needs them. */
  owner: ProcessMark;
  /** Folders that are removed when the services stop. */
  folders: string[];
}

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
const home = join(root, ".atelier-test");
const stateFile = "services.json";
const sharedState = join(home, stateFile);

/** Those that `scripts/test-services.ts` keeps running for this checkout, or null. */
export function findSharedTestServices(): TestServices | null {
  const services = findJson<TestServices>(sharedState);
  return services && isAlive(services.postgres) && isAlive(services.store) ? services : null;
}

export async function startSharedTestServices(ports: {
  postgres: number;
  s3: number;
}): Promise<TestServices> {
  const running = findSharedTestServices();
  if (running) return running;
  const services = await startTestServices("shared", ports);
  writeJson(sharedState, services);
  return services;
}

export async function stopSharedTestServices(): Promise<boolean> {
  const services = findSharedTestServices();
  if (services) await stopTestServices(services);
  rmSync(sharedState, { force: true });
  return services !== null;
}

/** An empty Postgres and an empty SeaweedFS in a folder of their own, without the durability that tests do not need. */
export async function startTestServices(
  name: string,
  ports?: { postgres: number; s3: number },
): Promise<TestServices> {
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o755);
  await endOrphans();
  const folder = join(home, `services-${name}`);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  const tools = join(home, "tools");
  await preparePythonTools(tools);
  const free = await findFreePorts(innerPortCount + 2);
  const dataDir = choosePostgresData(folder, findUnprivilegedUser());
  const secret = () => randomBytes(16).toString("hex");
  const database = {
    dataDir,
    port: ports?.postgres ?? free[innerPortCount] ?? 0,
    password: secret(),
    logFile: join(folder, "logs", "postgres.log"),
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
  };
  const store = {
    program: toolPath(tools, "weed"),
    folder: join(folder, "store"),
    keys: { accessKeyId: secret(), secretAccessKey: secret(), innerKey: secret() },
    s3Port: ports?.s3 ?? free[innerPortCount + 1] ?? 0,
    innerPorts: free.slice(0, innerPortCount),
    logFile: join(folder, "logs", "store.log"),
    // Every test file has a bucket of its own, and the disk's size divided by this is how many there can be.
    volumeSizeMib: 64,
  };
  // A folder of that name is left only by a run that was killed; its password is gone with it.
  for (const path of [dataDir, store.folder]) rmSync(path, { recursive: true, force: true });
  const [postgres, weed] = await Promise.all([startPostgres(database), startSeaweed(store)]);
  for (const child of [postgres, weed]) child.unref();
  const services: TestServices = {
    env: {
      TEST_DATABASE_URL: postgresUrl(database, "postgres"),
      TEST_S3_ENDPOINT: `http://127.0.0.1:${store.s3Port}`,
      TEST_S3_ACCESS_KEY_ID: store.keys.accessKeyId,
      TEST_S3_SECRET_ACCESS_KEY: store.keys.secretAccessKey,
      ATELIER_UV: toolPath(tools, "uv"),
      UV_CACHE_DIR: join(home, "uv-cache"),
    },
    postgres: markOf(postgres.pid),
    store: markOf(weed.pid),
    owner: markOf(process.pid),
    folders: [folder, ...(dataDir.startsWith(folder) ? [] : [dirname(dataDir)])],
  };
  writeJson(join(folder, stateFile), services);
  return services;
}

/** Ends the services of runs that were killed before they could. */
async function endOrphans(): Promise<void> {
  for (const name of readdirSync(home).filter(
    (entry) => entry.startsWith(`services-`) && entry !== "services-shared",
  )) {
    const services = findJson<TestServices>(join(home, name, stateFile));
    if (services && !isAlive(services.owner)) await stopTestServices(services);
  }
}

export async function stopTestServices(services: TestServices): Promise<void> {
  await Promise.all([
    endProcess(services.store, "SIGTERM", 1_000),
    endProcess(services.postgres, "SIGINT", 10_000),
  ]);
  for (const folder of services.folders) rmSync(folder, { recursive: true, force: true });
}

function markOf(pid: number | undefined): ProcessMark {
  const mark = findMark(pid ?? 0);
  if (!mark) throw new Error("a test service ended right after its start");
  return mark;
}
