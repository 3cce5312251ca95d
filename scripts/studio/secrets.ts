import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { findJson, writeJson, writePrivate } from "../services/files.ts";
import type { SeaweedKeys } from "../services/seaweed.ts";

/** What the embedded parts keep between starts. */
export interface PartsState {
  postgres: { password: string; dataDir?: string; port?: number };
  store: SeaweedKeys & { ports?: number[] };
}

/** The key that everything secret in the database is sealed with. Losing it loses those secrets. */
export function ensureMasterKey(home: string): "made" | "kept" {
  const path = join(home, "master.key");
  if (process.env.ATELIER_MASTER_KEY) return "kept";
  if (!existsSync(path)) {
    writePrivate(path, `${randomBytes(32).toString("base64")}\n`);
    return "made";
  }
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    throw new Error(
      `${path} can be read by other users (mode ${mode.toString(8)}). Close it with: chmod 600 ${path}`,
    );
  }
  return "kept";
}

/** Passwords and keys of the embedded parts, made on first start. */
export function readPartsState(home: string): PartsState {
  const found = findJson<PartsState>(partsFile(home));
  if (found) return found;
  const secret = () => randomBytes(24).toString("hex");
  const state: PartsState = {
    postgres: { password: secret() },
    store: { accessKeyId: secret().slice(0, 20), secretAccessKey: secret(), innerKey: secret() },
  };
  writePartsState(home, state);
  return state;
}

export function writePartsState(home: string, state: PartsState): void {
  writeJson(partsFile(home), state);
}

function partsFile(home: string): string {
  return join(home, "parts.json");
}
