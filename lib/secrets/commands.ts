import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { secrets } from "#db/schema/index.ts";
import { notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { deriveKey, open, seal } from "./seal.ts";

/** Seals and opens the secrets of workspaces. */
export interface SecretVault {
  put(db: Queryable, workspaceId: string, name: string, value: string): Promise<void>;
  get(db: Queryable, workspaceId: string, name: string): Promise<string>;
  delete(db: Queryable, workspaceId: string, name: string): Promise<void>;
}

/** Envelope encryption: each value under its own key, each key under one derived from the master key. */
export function createVault(masterKey: Buffer): SecretVault {
  const wrappingKey = deriveKey(masterKey, "atelier/secrets");
  const where = (workspaceId: string, name: string) =>
    and(eq(secrets.workspaceId, workspaceId), eq(secrets.name, name));
  return {
    async put(db, workspaceId, name, value) {
      const dataKey = randomBytes(32);
      const context = `${workspaceId}/${name}`;
      const sealed = {
        sealedValue: seal(dataKey, Buffer.from(value, "utf8"), context),
        sealedKey: seal(wrappingKey, dataKey, context),
      };
      await db
        .insert(secrets)
        .values({ id: newId("sec"), workspaceId, name, ...sealed })
        .onConflictDoUpdate({ target: [secrets.workspaceId, secrets.name], set: sealed });
    },
    async get(db, workspaceId, name) {
      const [row] = await db.select().from(secrets).where(where(workspaceId, name));
      if (!row) throw notFound(`Secret “${name}”`);
      const context = `${workspaceId}/${name}`;
      return open(open(wrappingKey, row.sealedKey, context), row.sealedValue, context).toString("utf8");
    },
    async delete(db, workspaceId, name) {
      await db.delete(secrets).where(where(workspaceId, name));
    },
  };
}
