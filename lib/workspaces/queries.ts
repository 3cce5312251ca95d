import { and, asc, count, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { teams, users, workspaceMembers, workspaces } from "#db/schema/index.ts";
import type { WorkspaceRole } from "#lib/auth/access.ts";
import type { Principal } from "#lib/auth/principal.ts";
import { notFound } from "#lib/core/errors.ts";
import type { MyWorkspace, Workspace } from "./model.ts";

const shown = {
  name: workspaces.name,
  displayName: workspaces.displayName,
  description: workspaces.description,
  teamName: teams.name,
};

/** The workspaces of a person, or the one for which their token was made, by the name people read. */
export async function listMyWorkspaces(
  db: Queryable,
  principal: Pick<Principal, "userId" | "onlyWorkspaceId">,
): Promise<MyWorkspace[]> {
  return db
    .select({ ...shown, role: workspaceMembers.role })
    .from(workspaceMembers)
    .innerJoin(workspaces, eq(workspaces.id, workspaceMembers.workspaceId))
    .innerJoin(teams, eq(teams.id, workspaces.teamId))
    .where(
      and(
        eq(workspaceMembers.userId, principal.userId),
        isNull(workspaces.archivedAt),
        principal.onlyWorkspaceId ? eq(workspaces.id, principal.onlyWorkspaceId) : undefined,
      ),
    )
    .orderBy(asc(workspaces.displayName), asc(workspaces.name));
}

/** One workspace as a holder of `role` sees it. */
export async function getWorkspace(
  db: Queryable,
  workspaceId: string,
  role: WorkspaceRole,
): Promise<Workspace> {
  const [row] = await db
    .select({ ...shown, createdBy: users.name, createdAt: workspaces.createdAt })
    .from(workspaces)
    .innerJoin(teams, eq(teams.id, workspaces.teamId))
    .innerJoin(users, eq(users.id, workspaces.createdBy))
    .where(eq(workspaces.id, workspaceId));
  if (!row) throw notFound("This workspace");
  const [members] = await db
    .select({ count: count() })
    .from(workspaceMembers)
    .where(eq(workspaceMembers.workspaceId, workspaceId));
  return { ...row, role, memberCount: members?.count ?? 0, createdAt: row.createdAt.getTime() };
}

/** The id of a workspace that is not archived; null when there is none. */
export async function findWorkspaceId(db: Queryable, name: string): Promise<string | null> {
  const [row] = await db
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(and(eq(workspaces.name, name), isNull(workspaces.archivedAt)));
  return row?.id ?? null;
}
