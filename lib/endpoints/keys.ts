import { createHash } from "node:crypto";
import type { Queryable } from "#db/client.ts";
import { newSecret } from "#lib/core/ids.ts";
import type { SecretVault } from "#lib/secrets/commands.ts";

export type KeyType = "primary" | "secondary";

/** A key is kept twice: sealed, to be shown to whoever may see it, and as a SHA-256, for the gateway to compare with. */
export function newKey(): { key: string; hash: string } {
  const key = newSecret("ate");
  return { key, hash: createHash("sha256").update(key).digest("hex") };
}

function secretName(endpointId: string, type: KeyType): string {
  return `endpoint/${endpointId}/${type}`;
}

export interface KeyHolder {
  id: string;
  workspaceId: string;
}

export function sealKey(
  db: Queryable,
  vault: SecretVault,
  endpoint: KeyHolder,
  type: KeyType,
  key: string,
): Promise<void> {
  return vault.put(db, endpoint.workspaceId, secretName(endpoint.id, type), key);
}

export function readKey(
  db: Queryable,
  vault: SecretVault,
  endpoint: KeyHolder,
  type: KeyType,
): Promise<string> {
  return vault.get(db, endpoint.workspaceId, secretName(endpoint.id, type));
}

export async function dropKeys(db: Queryable, vault: SecretVault, endpoint: KeyHolder): Promise<void> {
  await vault.delete(db, endpoint.workspaceId, secretName(endpoint.id, "primary"));
  await vault.delete(db, endpoint.workspaceId, secretName(endpoint.id, "secondary"));
}
