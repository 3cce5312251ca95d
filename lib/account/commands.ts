import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database, Queryable } from "#db/client.ts";
import { apiTokens, users } from "#db/schema/index.ts";
import { findWorkspaceAccess } from "#lib/auth/authorize.ts";
import { useSetupLink } from "#lib/auth/first-boot.ts";
import { hashPassword } from "#lib/auth/passwords.ts";
import type { Principal } from "#lib/auth/principal.ts";
import { signIn } from "#lib/auth/sign-in.ts";
import { createToken } from "#lib/auth/tokens.ts";
import { invalid, isAppError, notFound } from "#lib/core/errors.ts";
import type { Logger } from "#lib/core/logger.ts";
import { createWorkspace } from "#lib/workspaces/commands.ts";
import type { NewAccessToken } from "./model.ts";

const dayMs = 24 * 60 * 60_000;

export async function renamePerson(db: Queryable, userId: string, name: string): Promise<void> {
  await db.update(users).set({ name }).where(eq(users.id, userId));
}

/** Ends every session of a person. Tokens go on. */
export async function endSessions(db: Queryable, userId: string): Promise<void> {
  await db
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId));
}

/**
 * Changes a password and ends every session, also the one that asked. A wrong current password counts as a wrong try to
 * sign in, so it cannot be guessed from here either.
 */
export async function changePassword(
  services: { db: Database; logger: Logger },
  principal: Pick<Principal, "userId" | "email">,
  passwords: { current: string; next: string },
  remoteAddress: string,
): Promise<void> {
  try {
    await signIn(services, principal.email, passwords.current, remoteAddress);
  } catch (error) {
    if (!isAppError(error) || error.code !== "UNAUTHENTICATED") throw error;
    throw invalid("currentPassword", "is not your password.");
  }
  const passwordHash = await hashPassword(passwords.next);
  await services.db.transaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, principal.userId));
    await endSessions(tx, principal.userId);
  });
}

export interface TokenRequest {
  name: string;
  /** The only workspace where it will work. */
  workspace?: string | undefined;
  expiresInDays: number;
}

/** Makes a token that acts for the person; its text is returned once and kept nowhere. */
export async function createAccessToken(
  db: Queryable,
  principal: Principal,
  request: TokenRequest,
): Promise<NewAccessToken> {
  const { name, workspace = null, expiresInDays } = request;
  const access = workspace ? await findWorkspaceAccess(db, principal, workspace) : null;
  if (workspace && !access) throw notFound(`Workspace “${workspace}”`);
  const expiresAt = new Date(Date.now() + expiresInDays * dayMs);
  const { id, token } = await createToken(db, {
    userId: principal.userId,
    name,
    expiresAt,
    ...(access ? { workspaceId: access.id } : {}),
  });
  const createdAt = Date.now();
  return { id, token, name, workspace, createdAt, expiresAt: expiresAt.getTime(), lastUsedAt: null };
}

/** Ends a token of the person's at once. */
export async function revokeAccessToken(db: Queryable, userId: string, id: string): Promise<void> {
  const revoked = await db
    .update(apiTokens)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(apiTokens.id, id),
        eq(apiTokens.userId, userId),
        isNull(apiTokens.runId),
        isNull(apiTokens.revokedAt),
      ),
    )
    .returning({ id: apiTokens.id });
  if (revoked.length === 0) throw notFound("This token");
}

export interface Setup {
  token: string;
  email: string;
  name: string;
  password: string;
  workspace: string;
  workspaceDisplayName?: string | undefined;
}

/** Makes the first administrator and the first workspace by the link of the first start, all or nothing. */
export async function completeSetup(db: Database, setup: Setup): Promise<{ workspace: string }> {
  const { token, email, name, password, workspace, workspaceDisplayName } = setup;
  await db.transaction(async (tx) => {
    const user = await useSetupLink(tx, token, { email, name, password });
    await createWorkspace(tx, user.id, { name: workspace, displayName: workspaceDisplayName });
  });
  return { workspace };
}
