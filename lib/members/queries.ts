import { and, asc, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { accessRequests, invites, users, workspaceMembers, workspaces } from "#db/schema/index.ts";
import { hashToken } from "#lib/auth/tokens.ts";
import { notFound } from "#lib/core/errors.ts";
import type { AccessRequest, Invite, InvitePreview, Member } from "./model.ts";

function selectMembers(db: Queryable) {
  return db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      role: workspaceMembers.role,
      joinedAt: workspaceMembers.createdAt,
      lastSeenAt: users.lastSeenAt,
    })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId));
}

function toMember(row: Awaited<ReturnType<typeof selectMembers>>[number]): Member {
  return { ...row, joinedAt: row.joinedAt.getTime(), lastSeenAt: row.lastSeenAt?.getTime() ?? null };
}

/** Everybody in a workspace: owners first, then by name. */
export async function listMembers(db: Queryable, workspaceId: string): Promise<Member[]> {
  const rows = await selectMembers(db)
    .where(eq(workspaceMembers.workspaceId, workspaceId))
    .orderBy(desc(workspaceMembers.role), asc(users.name), asc(users.id));
  return rows.map(toMember);
}

export async function getMember(db: Queryable, workspaceId: string, userId: string): Promise<Member> {
  const [row] = await selectMembers(db).where(
    and(eq(workspaceMembers.workspaceId, workspaceId), eq(users.id, userId)),
  );
  if (!row) throw notFound("This member");
  return toMember(row);
}

/** The condition of an invitation that still works. */
export function isOpenInvite() {
  return and(isNull(invites.acceptedAt), isNull(invites.revokedAt), gt(invites.expiresAt, sql`now()`));
}

export async function listInvites(db: Queryable, workspaceId: string): Promise<Invite[]> {
  const rows = await db
    .select({
      id: invites.id,
      role: invites.role,
      email: invites.email,
      createdBy: users.name,
      createdAt: invites.createdAt,
      expiresAt: invites.expiresAt,
    })
    .from(invites)
    .innerJoin(users, eq(users.id, invites.createdBy))
    .where(and(eq(invites.workspaceId, workspaceId), isOpenInvite()))
    .orderBy(desc(invites.createdAt));
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    expiresAt: row.expiresAt.getTime(),
  }));
}

/** What an invitation offers; null when its link does not work (any more). */
export async function findInvitePreview(db: Queryable, token: string): Promise<InvitePreview | null> {
  const [row] = await db
    .select({
      workspace: workspaces.name,
      workspaceDisplayName: workspaces.displayName,
      role: invites.role,
      invitedBy: users.name,
      email: invites.email,
    })
    .from(invites)
    .innerJoin(workspaces, eq(workspaces.id, invites.workspaceId))
    .innerJoin(users, eq(users.id, invites.createdBy))
    .where(and(eq(invites.tokenHash, hashToken(token)), isOpenInvite(), isNull(workspaces.archivedAt)));
  return row ?? null;
}

export async function listAccessRequests(db: Queryable, workspaceId: string): Promise<AccessRequest[]> {
  const rows = await db
    .select({
      id: accessRequests.id,
      userId: users.id,
      name: users.name,
      email: users.email,
      path: accessRequests.path,
      createdAt: accessRequests.createdAt,
    })
    .from(accessRequests)
    .innerJoin(users, eq(users.id, accessRequests.userId))
    .where(and(eq(accessRequests.workspaceId, workspaceId), eq(accessRequests.status, "pending")))
    .orderBy(asc(accessRequests.createdAt));
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
}
