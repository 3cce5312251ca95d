import { and, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { workspaceMembers, workspaces } from "#db/schema/index.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { type Access, isWorkspaceAccess, roleAllows, type WorkspaceRole } from "./access.ts";
import type { Principal } from "./principal.ts";

/** A workspace as its caller may use it. */
export interface WorkspaceAccess {
  id: string;
  name: string;
  displayName: string;
  role: WorkspaceRole;
}

export interface Authorization {
  principal: Principal | null;
  workspace: WorkspaceAccess | null;
}

/** The caller's access to a workspace, read anew at each request, so that a change of role counts at once. */
export async function findWorkspaceAccess(
  db: Queryable,
  principal: Pick<Principal, "userId" | "onlyWorkspaceId" | "runId">,
  workspaceName: string,
): Promise<WorkspaceAccess | null> {
  const [row] = await db
    .select({
      id: workspaces.id,
      name: workspaces.name,
      displayName: workspaces.displayName,
      role: workspaceMembers.role,
    })
    .from(workspaces)
    .innerJoin(
      workspaceMembers,
      and(eq(workspaceMembers.workspaceId, workspaces.id), eq(workspaceMembers.userId, principal.userId)),
    )
    .where(and(eq(workspaces.name, workspaceName), isNull(workspaces.archivedAt)));
  if (!row) return null;
  if (principal.onlyWorkspaceId && principal.onlyWorkspaceId !== row.id) return null;
  // A run writes what it makes; it never manages people or workspaces.
  if (principal.runId && row.role === "owner") return { ...row, role: "contributor" };
  return row;
}

/**
 * The one place that decides whether a caller may do something: every operation, MLflow route, stream and download
 * passes here. A workspace that the caller may not see is answered as one that is not there.
 */
export async function authorize(
  db: Queryable,
  principal: Principal | null,
  access: Access,
  workspaceName: string | undefined,
): Promise<Authorization> {
  if (access === "public") return { principal, workspace: null };
  if (!principal) {
    throw new AppError("UNAUTHENTICATED", { userMessage: "You are not signed in, or your token has ended." });
  }
  if (!isWorkspaceAccess(access)) {
    // A token of one workspace says nothing about the rest of the studio.
    const confined = principal.onlyWorkspaceId !== undefined || principal.runId !== undefined;
    if (access === "admin" && (!principal.isAdmin || confined)) {
      throw new AppError("FORBIDDEN", { userMessage: "Only an administrator of the studio may do this." });
    }
    if (access === "person" && confined) {
      throw new AppError("FORBIDDEN", {
        userMessage:
          "This token was made for one workspace, so it may not act for you elsewhere. Sign in first.",
      });
    }
    return { principal, workspace: null };
  }
  const workspace = workspaceName ? await findWorkspaceAccess(db, principal, workspaceName) : null;
  if (!workspace) throw notFound(`Workspace “${workspaceName ?? ""}”`);
  if (!roleAllows(workspace.role, access)) {
    throw new AppError("FORBIDDEN", {
      userMessage: `This needs the role ${access} in ${workspace.displayName}; yours is ${workspace.role}.`,
    });
  }
  return { principal, workspace };
}
