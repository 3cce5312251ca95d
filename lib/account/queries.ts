import { and, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { apiTokens, users, workspaces } from "#db/schema/index.ts";
import type { Principal } from "#lib/auth/principal.ts";
import { notFound } from "#lib/core/errors.ts";
import { listMyWorkspaces } from "#lib/workspaces/queries.ts";
import type { AccessToken, Me } from "./model.ts";

export async function getMe(db: Queryable, principal: Principal): Promise<Me> {
  const [user] = await db.select().from(users).where(eq(users.id, principal.userId));
  if (!user) throw notFound("This person");
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    // As far as this caller goes: a token of one workspace does not administer.
    isAdmin: principal.isAdmin,
    createdAt: user.createdAt.getTime(),
    workspaces: await listMyWorkspaces(db, principal),
  };
}

/** A person's tokens that still work, without those of runs. */
export async function listTokens(db: Queryable, userId: string): Promise<AccessToken[]> {
  const rows = await db
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      workspace: workspaces.name,
      createdAt: apiTokens.createdAt,
      expiresAt: apiTokens.expiresAt,
      lastUsedAt: apiTokens.lastUsedAt,
    })
    .from(apiTokens)
    .leftJoin(workspaces, eq(workspaces.id, apiTokens.workspaceId))
    .where(
      and(
        eq(apiTokens.userId, userId),
        isNull(apiTokens.runId),
        isNull(apiTokens.revokedAt),
        or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, sql`now()`)),
      ),
    )
    .orderBy(desc(apiTokens.createdAt));
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    expiresAt: row.expiresAt?.getTime() ?? null,
    lastUsedAt: row.lastUsedAt?.getTime() ?? null,
  }));
}
