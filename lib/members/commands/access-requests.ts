import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { accessRequests, users } from "#db/schema/index.ts";
import type { WorkspaceRole } from "#lib/auth/access.ts";
import { findWorkspaceAccess } from "#lib/auth/authorize.ts";
import type { Principal } from "#lib/auth/principal.ts";
import { notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import { findWorkspaceId } from "#lib/workspaces/queries.ts";
import { addMember, tellMemberChange } from "./members.ts";

/**
 * Asks a workspace's owners to let the caller in. Returns nothing and fails in no case, whether or not there is such a
 * workspace, so that asking tells nothing. Asking again changes the page that is shown to the owners.
 */
export async function requestAccess(
  db: Queryable,
  principal: Principal,
  workspaceName: string,
  wantedPath: string,
): Promise<void> {
  // Owners are shown this as a link: it never leads out of their workspace.
  const path = wantedPath.split(/[/?#]/)[1] === workspaceName ? wantedPath : `/${workspaceName}`;
  const workspaceId = await findWorkspaceId(db, workspaceName);
  if (!workspaceId || (await findWorkspaceAccess(db, principal, workspaceName))) return;
  await db.transaction(async (tx) => {
    await tx
      .insert(accessRequests)
      .values({ id: newId("ask"), workspaceId, userId: principal.userId, path })
      .onConflictDoUpdate({
        target: [accessRequests.workspaceId, accessRequests.userId],
        targetWhere: eq(accessRequests.status, "pending"),
        set: { path },
      });
    await publish(tx, { workspaceId, kind: "member", name: principal.email, event: "asked" });
  });
}

async function decide(
  tx: Queryable,
  actorId: string,
  request: { workspaceId: string; id: string },
  status: "granted" | "declined",
): Promise<{ userId: string; name: string; email: string }> {
  const [row] = await tx
    .update(accessRequests)
    .set({ status, decidedBy: actorId, decidedAt: new Date() })
    .where(
      and(
        eq(accessRequests.workspaceId, request.workspaceId),
        eq(accessRequests.id, request.id),
        eq(accessRequests.status, "pending"),
      ),
    )
    .returning({ userId: accessRequests.userId });
  if (!row) throw notFound("This request");
  const [user] = await tx
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(eq(users.id, row.userId));
  return { userId: row.userId, name: user?.name ?? "", email: user?.email ?? "" };
}

export async function grantAccess(
  db: Queryable,
  actorId: string,
  request: { workspaceId: string; id: string; role: WorkspaceRole },
): Promise<void> {
  const { workspaceId, role } = request;
  await db.transaction(async (tx) => {
    const { userId, name, email } = await decide(tx, actorId, request, "granted");
    await addMember(tx, workspaceId, userId, role);
    await tellMemberChange(tx, { workspaceId, actorId, userId, name, email, role, verb: "let in" });
  });
}

export async function declineAccess(
  db: Queryable,
  actorId: string,
  request: { workspaceId: string; id: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const { email } = await decide(tx, actorId, request, "declined");
    await publish(tx, { workspaceId: request.workspaceId, kind: "member", name: email, event: "declined" });
  });
}
