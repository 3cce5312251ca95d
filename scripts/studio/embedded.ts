import { chmodSync } from "node:fs";
import { dirname, join } from "node:path";
import { isPortFree, keepOrFindPorts } from "../services/ports.ts";
import { ensureDatabase, postgresUrl, startPostgres } from "../services/postgres.ts";
import { choosePostgresData } from "../services/postgres-files.ts";
import { toolPath } from "../services/python-tools.ts";
import { innerPortCount, startSeaweed } from "../services/seaweed.ts";
import { findUnprivilegedUser } from "../services/unprivileged-user.ts";
import { readPartsState, writePartsState } from "./secrets.ts";
import { embeddedStoreSettings } from "./settings.ts";
import type { PartSpec } from "./supervise.ts";

export interface EmbeddedPart {
  spec: PartSpec;
  /** Settings of the studio's processes that point at this part. */
  settings: Record<string, string>;
}

const database = "atelier";

/** The embedded Postgres on the ports, password and folder of the start before, as far as they are free still. */
export async function planPostgres(home: string): Promise<EmbeddedPart> {
  const state = readPartsState(home);
  const [port = 0] = await keepOrFindPorts(1, state.postgres.port ? [state.postgres.port] : undefined);
  const dataDir = state.postgres.dataDir ?? choosePostgresData(home, findUnprivilegedUser());
  writePartsState(home, { ...state, postgres: { ...state.postgres, port, dataDir } });
  const options = {
    dataDir,
    port,
    password: state.postgres.password,
    logFile: join(home, "logs", "postgres.log"),
  };
  return {
    settings: { DATABASE_URL: postgresUrl(options, database) },
    spec: {
      name: "postgres",
      start: async () => {
        const child = await startPostgres(options);
        await ensureDatabase(options, database);
        return child;
      },
      // Postgres's fast shutdown: it ends its sessions and writes everything out.
      stopSignal: "SIGINT",
      graceMs: 20_000,
    },
  };
}

/** The embedded SeaweedFS, once `tools` holds its program. */
export async function planStore(home: string, tools: string): Promise<EmbeddedPart> {
  const state = readPartsState(home);
  const ports = await keepOrFindPorts(innerPortCount + 1, state.store.ports);
  writePartsState(home, { ...state, store: { ...state.store, ports } });
  const [s3Port = 0, ...innerPorts] = ports;
  return {
    settings: embeddedStoreSettings(`http://127.0.0.1:${s3Port}`, state.store),
    spec: {
      name: "store",
      start: () =>
        startSeaweed({
          program: toolPath(tools, "weed"),
          folder: join(home, "store"),
          keys: state.store,
          s3Port,
          innerPorts,
          logFile: join(home, "logs", "store.log"),
        }),
      stopSignal: "SIGTERM",
      // What it acknowledged is on disk; the rest of its farewell waits 15 s for its own inner connections.
      graceMs: 1_500,
    },
  };
}

/** Throws a sentence that names the setting when another program has the port. */
export async function checkPort(variable: string, port: number): Promise<void> {
  if (await isPortFree(port)) return;
  throw new Error(`${variable}: port ${port} is taken by another program. Set ${variable} to a free one.`);
}

/** A new data folder is closed to others, but for Postgres's user, which has to pass through it when we are root. */
export function openFolder(home: string): void {
  chmodSync(home, process.getuid?.() === 0 ? 0o711 : 0o700);
}

/** Says where the database's files are when they could not be in the data folder. */
export function describeDataFolder(home: string): string | null {
  const { dataDir } = readPartsState(home).postgres;
  if (!dataDir || dirname(dataDir) === home) return null;
  return `The database is in ${dataDir}, since its user cannot enter ${home}`;
}
