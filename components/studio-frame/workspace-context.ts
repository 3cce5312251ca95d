"use client";

import { createContext, useContext } from "react";
import { roleAllows, type WorkspaceRole } from "#lib/auth/access.ts";

export interface CurrentWorkspace {
  name: string;
  displayName: string;
  teamName: string;
  /** The visitor's. */
  role: WorkspaceRole;
}

export const WorkspaceContext = createContext<CurrentWorkspace | null>(null);

/** The workspace of the page in view, and what its visitor may do there. */
export function useCurrentWorkspace(): CurrentWorkspace & { can: (role: WorkspaceRole) => boolean } {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("this component stands outside of a workspace");
  return { ...workspace, can: (role) => roleAllows(workspace.role, role) };
}
