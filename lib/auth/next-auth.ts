import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { isAppError } from "#lib/core/errors.ts";
import type { Services } from "#lib/services/services.ts";
import { signIn } from "./sign-in.ts";

const sessionLifetimeSeconds = 30 * 24 * 60 * 60;

interface SignedIn {
  id: string;
  sessionVersion?: number;
}

/**
 * What next-auth is told. Its cookie carries the person's id and session version, no more; `session.ts` reads it, so the
 * two must agree.
 */
export function createAuthOptions(services: Services): AuthOptions {
  // next-auth reads its own address from here only.
  process.env.NEXTAUTH_URL = services.env.url;
  return {
    secret: services.sessionSecret,
    useSecureCookies: services.env.url.startsWith("https://"),
    session: { strategy: "jwt", maxAge: sessionLifetimeSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          const address = String(request.headers?.["x-forwarded-for"] ?? "unknown");
          try {
            return await signIn(services, credentials?.email ?? "", credentials?.password ?? "", address);
          } catch (error) {
            // The text of what is thrown here reaches the sign-in page as it is.
            if (isAppError(error)) throw new Error(error.userMessage);
            services.logger.error({ err: error }, "sign-in failed");
            throw new Error("Something broke on our side. Try again.");
          }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        const known = user as SignedIn | undefined;
        if (!known) return token;
        return { sub: known.id, sessionVersion: known.sessionVersion };
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      error: (code, metadata) => services.logger.warn({ code, metadata }, "next-auth"),
      warn: (code) => services.logger.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}
