import type { Sql } from "postgres";
import { connectDatabase, type Database } from "#db/client.ts";
import { type Env, readEnv } from "#lib/core/env.ts";
import { createLogger, type Logger } from "#lib/core/logger.ts";
import { createVault, type SecretVault } from "#lib/secrets/commands.ts";
import { deriveKey, readMasterKey } from "#lib/secrets/seal.ts";
import { createStore } from "#lib/storage/create-store.ts";
import type { ObjectStore } from "#lib/storage/port.ts";

/** What every process works with; made once at its start and handed down, never imported as a global. */
export interface Services {
  env: Env;
  db: Database;
  /** postgres.js itself: LISTEN, COPY, `unnest` ingest. */
  sql: Sql;
  store: ObjectStore;
  vault: SecretVault;
  logger: Logger;
  /** Signs session cookies. */
  sessionSecret: string;
  close(): Promise<void>;
}

export interface ServiceOptions {
  /** The process's name in logs and in `pg_stat_activity`. */
  name: string;
  env?: Env;
  maxConnections?: number;
  /** Prepares the statements that it sends most. */
  prepare?: boolean;
}

/** Opens what the settings name. Nothing is asked of database or store yet. */
export function createServices(options: ServiceOptions): Services {
  const env = options.env ?? readEnv();
  const masterKey = readMasterKey(env.home);
  const client = connectDatabase(env.DATABASE_URL, {
    name: `atelier-${options.name}`,
    ...(options.maxConnections ? { max: options.maxConnections } : {}),
    ...(options.prepare ? { prepare: true } : {}),
  });
  return {
    env,
    db: client.db,
    sql: client.sql,
    store: createStore(env),
    vault: createVault(masterKey),
    logger: createLogger(options.name),
    sessionSecret: deriveKey(masterKey, "atelier/session").toString("base64url"),
    close: client.close,
  };
}

const globalKey = Symbol.for("atelier.services");

/** The services of the web process. Kept on `globalThis`, since Next loads its own copy of every module. */
export function getWebServices(): Services {
  const holder = globalThis as { [globalKey]?: Services };
  holder[globalKey] ??= createServices({ name: "web" });
  return holder[globalKey];
}
