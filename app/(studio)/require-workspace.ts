import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { findWorkspaceAccess, type WorkspaceAccess } from "#lib/auth/authorize.ts";
import type { Principal } from "#lib/auth/principal.ts";
import { findSessionPrincipal } from "#lib/auth/session.ts";
import { getWebServices } from "#lib/services/services.ts";

/** Who is signed in, read once per request. */
export const findPerson = cache(async (): Promise<Principal | null> => {
  const services = getWebServices();
  const cookie = (await headers()).get("cookie") ?? undefined;
  return findSessionPrincipal(services.db, cookie, services.sessionSecret);
});

/** The workspace of a page as its visitor may use it; else the sign-in page, or “not found or no access”. */
export const requireWorkspace = cache(async (name: string): Promise<WorkspaceAccess> => {
  const person = await findPerson();
  if (!person) redirect("/sign-in");
  return (await findWorkspaceAccess(getWebServices().db, person, name)) ?? notFound();
});
