import { createHash } from "node:crypto";
import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { apiTokens, users } from "#db/schema/index.ts";
import { newId, newSecret } from "#lib/core/ids.ts";
import type { Principal } from "./principal.ts";

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export interface NewToken {
  userId: string;
  name: string;
  workspaceId?: string;
  runId?: string;
  expiresAt?: Date;
}

/** Makes a token; the text is returned once and kept nowhere. */
export async function createToken(db: Queryable, token: NewToken): Promise<{ id: string; token: string }> {
  const text = newSecret("atl");
  const id = newId("tok");
  await db.insert(apiTokens).values({ id, tokenHash: hashToken(text), ...token });
  return { id, token: text };
}

export async function revokeRunTokens(db: Queryable, runId: string): Promise<void> {
  await db
    .update(apiTokens)
    .set({ revokedAt: new Date() })
    .where(and(eq(apiTokens.runId, runId), isNull(apiTokens.revokedAt)));
}

/** The holder of a token that is neither revoked nor expired. Notes its use, at most once a minute. */
export async function findTokenPrincipal(db: Queryable, token: string): Promise<Principal | null> {
  const [row] = await db
    .select({
      id: apiTokens.id,
      lastUsedAt: apiTokens.lastUsedAt,
      workspaceId: apiTokens.workspaceId,
      runId: apiTokens.runId,
      userId: users.id,
      email: users.email,
      name: users.name,
      isAdmin: users.isAdmin,
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(
        eq(apiTokens.tokenHash, hashToken(token)),
        isNull(apiTokens.revokedAt),
        isNull(users.disabledAt),
        or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, sql`now()`)),
      ),
    );
  if (!row) return null;
  if (!row.lastUsedAt || Date.now() - row.lastUsedAt.getTime() > 60_000) {
    await db.update(apiTokens).set({ lastUsedAt: new Date() }).where(eq(apiTokens.id, row.id));
  }
  return {
    userId: row.userId,
    email: row.email,
    name: row.name,
    isAdmin: row.isAdmin && !row.workspaceId,
    via: "token",
    ...(row.workspaceId ? { onlyWorkspaceId: row.workspaceId } : {}),
    ...(row.runId ? { runId: row.runId } : {}),
  };
}
