import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { invites, users, workspaces } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import type { WorkspaceRole } from "#lib/auth/access.ts";
import { hashToken } from "#lib/auth/tokens.ts";
import { type CreatedUser, createUser, type NewUser } from "#lib/auth/users.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { newId, newSecret } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import { isOpenInvite } from "../queries.ts";
import { addMember, tellMemberChange } from "./members.ts";

const dayMs = 24 * 60 * 60_000;

export interface NewInvite {
  workspaceId: string;
  role: WorkspaceRole;
  email?: string | undefined;
  expiresInDays: number;
}

/** Makes an invitation; the token of its link is returned once and kept nowhere. */
export async function createInvite(
  db: Queryable,
  actorId: string,
  input: NewInvite,
): Promise<{ id: string; token: string }> {
  const { workspaceId, role, email = null } = input;
  const token = newSecret("atl_invite");
  const id = newId("inv");
  await db.transaction(async (tx) => {
    const expiresAt = new Date(Date.now() + input.expiresInDays * dayMs);
    const tokenHash = hashToken(token);
    await tx
      .insert(invites)
      .values({ id, workspaceId, role, email, tokenHash, createdBy: actorId, expiresAt });
    const name = email ?? "a person by link";
    await recordActivity(tx, {
      workspaceId,
      userId: actorId,
      verb: "invited",
      kind: "member",
      name,
      data: { role },
    });
    await publish(tx, { workspaceId, kind: "member", name, event: "invited" });
  });
  return { id, token };
}

export async function revokeInvite(db: Queryable, workspaceId: string, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(invites)
      .set({ revokedAt: new Date() })
      .where(and(eq(invites.workspaceId, workspaceId), eq(invites.id, id), isOpenInvite()))
      .returning({ email: invites.email });
    if (!revoked) throw notFound("This invitation");
    const name = revoked.email ?? "a person by link";
    await publish(tx, { workspaceId, kind: "member", name, event: "uninvited" });
  });
}

export type Acceptor = { userId: string } | { account: NewUser };

async function resolveAcceptor(tx: Queryable, who: Acceptor): Promise<CreatedUser> {
  if ("account" in who) return createUser(tx, who.account);
  const [user] = await tx
    .select({ id: users.id, email: users.email, name: users.name })
    .from(users)
    .where(eq(users.id, who.userId));
  if (!user) throw notFound("This person");
  return user;
}

/**
 * Uses up an invitation: its acceptor, known or with a new account, joins with its role. A link of somebody else's
 * address is `FORBIDDEN`; one that was used, revoked or has expired is not found.
 */
export async function acceptInvite(
  db: Queryable,
  token: string,
  who: Acceptor,
): Promise<{ workspace: string }> {
  return db.transaction(async (tx) => {
    const [invite] = await tx
      .select()
      .from(invites)
      .where(and(eq(invites.tokenHash, hashToken(token)), isOpenInvite()))
      .for("update");
    if (!invite) throw notFound("This invitation");
    const email = "account" in who ? who.account.email : null;
    if (invite.email && email && invite.email !== email) throw forSomebodyElse(invite.email);
    const user = await resolveAcceptor(tx, who);
    if (invite.email && invite.email !== user.email) throw forSomebodyElse(invite.email);
    const { workspaceId, role } = invite;
    const [workspace] = await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId));
    if (!workspace || workspace.archivedAt) throw notFound("This invitation");
    if (await addMember(tx, workspaceId, user.id, role)) {
      const used = { acceptedBy: user.id, acceptedAt: new Date() };
      await tx.update(invites).set(used).where(eq(invites.id, invite.id));
      const change = {
        workspaceId,
        actorId: user.id,
        userId: user.id,
        name: user.name,
        email: user.email,
        role,
      };
      await tellMemberChange(tx, { ...change, verb: "joined" });
    }
    return { workspace: workspace.name };
  });
}

function forSomebodyElse(email: string): AppError {
  return new AppError("FORBIDDEN", {
    userMessage: `This invitation is for ${email}. Sign in with that address, or ask for one of your own.`,
  });
}
