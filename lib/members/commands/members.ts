import { and, count, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { users, workspaceMembers, workspaces } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import type { WorkspaceRole } from "#lib/auth/access.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";

/** Locks who is in a workspace until the transaction ends, so that two owners cannot remove each other at once. */
export async function lockMembers(tx: Queryable, workspaceId: string): Promise<void> {
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for("update");
}

function whereMember(workspaceId: string, userId: string) {
  return and(eq(workspaceMembers.workspaceId, workspaceId), eq(workspaceMembers.userId, userId));
}

async function getRole(tx: Queryable, workspaceId: string, userId: string) {
  const [row] = await tx
    .select({ role: workspaceMembers.role, email: users.email, name: users.name })
    .from(workspaceMembers)
    .innerJoin(users, eq(users.id, workspaceMembers.userId))
    .where(whereMember(workspaceId, userId));
  if (!row) throw notFound("This member");
  return row;
}

const named = ({ name, email }: { name: string; email: string }) => ({ name, email });

/** A workspace always has an owner: throws `CONFLICT` when this one is the last. */
async function assertNotLastOwner(tx: Queryable, workspaceId: string, role: WorkspaceRole): Promise<void> {
  if (role !== "owner") return;
  const [owners] = await tx
    .select({ count: count() })
    .from(workspaceMembers)
    .where(and(eq(workspaceMembers.workspaceId, workspaceId), eq(workspaceMembers.role, "owner")));
  if ((owners?.count ?? 0) > 1) return;
  throw new AppError("CONFLICT", {
    userMessage: "A workspace needs an owner, and this is the last one. Make somebody else owner first.",
  });
}

/** What is told of each deed: who reads the event need not know the verbs. */
const eventOf = {
  joined: "created",
  "let in": "created",
  "changed the role of": "updated",
  left: "deleted",
  removed: "deleted",
} as const;

export interface MemberChange {
  workspaceId: string;
  /** Who did it. */
  actorId: string;
  userId: string;
  name: string;
  email: string;
  verb: keyof typeof eventOf;
  role?: WorkspaceRole;
}

/** Notes and tells that somebody's place in a workspace changed. */
export async function tellMemberChange(tx: Queryable, change: MemberChange): Promise<void> {
  const { workspaceId, actorId, userId, name, email, verb, role } = change;
  const data = { userId, displayName: name, ...(role ? { role } : {}) };
  await recordActivity(tx, { workspaceId, userId: actorId, verb, kind: "member", name: email, data });
  await publish(tx, { workspaceId, kind: "member", name: email, event: eventOf[verb], data });
}

/**
 * Puts a person into a workspace, or raises their role; never lowers it. Returns whether anything changed. The caller
 * tells the change.
 */
export async function addMember(
  tx: Queryable,
  workspaceId: string,
  userId: string,
  role: WorkspaceRole,
): Promise<boolean> {
  const [added] = await tx
    .insert(workspaceMembers)
    .values({ workspaceId, userId, role })
    .onConflictDoUpdate({
      target: [workspaceMembers.workspaceId, workspaceMembers.userId],
      set: { role },
      // The roles are declared from least to most, and Postgres compares them in that order.
      setWhere: sql`${workspaceMembers.role} < ${role}`,
    })
    .returning({ userId: workspaceMembers.userId });
  return added !== undefined;
}

export async function setMemberRole(
  db: Queryable,
  actorId: string,
  member: { workspaceId: string; userId: string; role: WorkspaceRole },
): Promise<void> {
  const { workspaceId, userId, role } = member;
  await db.transaction(async (tx) => {
    await lockMembers(tx, workspaceId);
    const known = await getRole(tx, workspaceId, userId);
    if (known.role === role) return;
    await assertNotLastOwner(tx, workspaceId, known.role);
    await tx.update(workspaceMembers).set({ role }).where(whereMember(workspaceId, userId));
    const verb = "changed the role of";
    await tellMemberChange(tx, { workspaceId, actorId, userId, ...named(known), verb, role });
  });
}

/** Takes a member out of a workspace; with the actor's own id it is leaving. */
export async function removeMember(
  db: Queryable,
  actorId: string,
  workspaceId: string,
  userId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockMembers(tx, workspaceId);
    const known = await getRole(tx, workspaceId, userId);
    await assertNotLastOwner(tx, workspaceId, known.role);
    await tx.delete(workspaceMembers).where(whereMember(workspaceId, userId));
    const verb = actorId === userId ? "left" : "removed";
    await tellMemberChange(tx, { workspaceId, actorId, userId, ...named(known), verb });
  });
}
