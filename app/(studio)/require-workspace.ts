import { notFound } from "next/navigation";
import { cache } from "react";
import { findWorkspaceAccess, type WorkspaceAccess } from "#lib/auth/authorize.ts";
import { getWebServices } from "#lib/services/services.ts";
import { getPagePrincipal } from "../session.ts";

/** The workspace of a page as its visitor may use it; else the sign-in page, or “not found or no access”. */
export const requireWorkspace = cache(async (name: string): Promise<WorkspaceAccess> => {
  const person = await getPagePrincipal();
  return (await findWorkspaceAccess(getWebServices().db, person, name)) ?? notFound();
});
