import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Principal } from "#lib/auth/principal.ts";
import { signInPath } from "#lib/auth/return-path.ts";
import { findSessionPrincipal } from "#lib/auth/session.ts";
import { getWebServices } from "#lib/services/services.ts";

/** Set by `proxy.ts`: the path and query that the browser asked for. */
export const pathHeader = "x-atelier-path";

/** Who looks at this page; read once per request. */
export const findPagePrincipal = cache(async (): Promise<Principal | null> => {
  // Asked first: it tells the build that this page is made per request, before any setting is read.
  const cookie = (await headers()).get("cookie") ?? undefined;
  const { db, sessionSecret } = getWebServices();
  return findSessionPrincipal(db, cookie, sessionSecret);
});

/** Who looks at this page; a stranger is sent to sign in, and comes back to exactly this view. */
export async function getPagePrincipal(): Promise<Principal> {
  const principal = await findPagePrincipal();
  if (principal) return principal;
  redirect(signInPath((await headers()).get(pathHeader) ?? "/"));
}
