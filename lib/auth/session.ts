import { and, eq, isNull } from "drizzle-orm";
import { decode } from "next-auth/jwt";
import type { Queryable } from "#db/client.ts";
import { users } from "#db/schema/index.ts";
import type { Principal } from "./principal.ts";

const cookieNames = ["__Secure-next-auth.session-token", "next-auth.session-token"];

/** How exactly it is known when a person was last here. */
const seenEveryMs = 60_000;

function readCookie(header: string): string | undefined {
  const pairs = header.split(";").map((pair) => pair.trim());
  for (const name of cookieNames) {
    const found = pairs.find((pair) => pair.startsWith(`${name}=`));
    if (found) return decodeURIComponent(found.slice(name.length + 1));
  }
  return undefined;
}

/**
 * The person whose session cookie this is. A session ends when its version is no longer the person's, so that signing
 * out everywhere works at once although the cookie is self-contained.
 */
export async function findSessionPrincipal(
  db: Queryable,
  cookieHeader: string | undefined,
  secret: string,
): Promise<Principal | null> {
  const token = cookieHeader ? readCookie(cookieHeader) : undefined;
  if (!token) return null;
  const claims = await decode({ token, secret }).catch(() => null);
  if (!claims?.sub) return null;
  const [user] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, claims.sub), isNull(users.disabledAt)));
  if (!user || user.sessionVersion !== claims.sessionVersion) return null;
  if (Date.now() - (user.lastSeenAt?.getTime() ?? 0) > seenEveryMs) {
    await db.update(users).set({ lastSeenAt: new Date() }).where(eq(users.id, user.id));
  }
  return { userId: user.id, email: user.email, name: user.name, isAdmin: user.isAdmin, via: "session" };
}
