/**
 * What a caller needs at least: nothing; to be known; to be there as oneself, not by a token that was made for one
 * workspace or one run; to administer the studio; or a role in the workspace named.
 */
export const accessLevels = ["public", "user", "person", "admin", "reader", "contributor", "owner"] as const;
export type Access = (typeof accessLevels)[number];

export const workspaceRoles = ["reader", "contributor", "owner"] as const;
export type WorkspaceRole = (typeof workspaceRoles)[number];

export function isWorkspaceAccess(access: Access): access is WorkspaceRole {
  return (workspaceRoles as readonly string[]).includes(access);
}

/** Whether a holder of `role` may do what needs `needed`. */
export function roleAllows(role: WorkspaceRole, needed: WorkspaceRole): boolean {
  return workspaceRoles.indexOf(role) >= workspaceRoles.indexOf(needed);
}
