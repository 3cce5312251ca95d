import type { Queryable } from "#db/client.ts";
import { AppError } from "#lib/core/errors.ts";
import type { Principal } from "./principal.ts";
import { findSessionPrincipal } from "./session.ts";
import { findTokenPrincipal } from "./tokens.ts";

export interface Credentials {
  authorization?: string | undefined;
  cookie?: string | undefined;
}

/** The token in `Authorization: Bearer …`, or the password of `Basic …`, which is how MLflow's clients send one. */
function readToken(authorization: string): string | undefined {
  const [scheme, value] = authorization.split(" ", 2);
  if (!value) return undefined;
  if (scheme?.toLowerCase() === "bearer") return value;
  if (scheme?.toLowerCase() === "basic") {
    return Buffer.from(value, "base64").toString("utf8").split(":").slice(1).join(":");
  }
  return undefined;
}

/** Who sent these headers. A token that is wrong is refused, even beside a good session cookie. */
export async function authenticate(
  db: Queryable,
  credentials: Credentials,
  sessionSecret: string,
): Promise<Principal | null> {
  if (credentials.authorization) {
    const token = readToken(credentials.authorization);
    const principal = token ? await findTokenPrincipal(db, token) : null;
    if (!principal) {
      throw new AppError("UNAUTHENTICATED", {
        userMessage: "This token is not known, was revoked or has expired.",
      });
    }
    return principal;
  }
  return findSessionPrincipal(db, credentials.cookie, sessionSecret);
}
