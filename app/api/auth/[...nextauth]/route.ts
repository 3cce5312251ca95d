import NextAuth from "next-auth";
import { createAuthOptions } from "#lib/auth/next-auth.ts";
import { getWebServices } from "#lib/services/services.ts";

type Handler = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>;

const handler: Handler = (request, context) =>
  NextAuth(createAuthOptions(getWebServices()))(request, context) as Promise<Response>;

export { handler as GET, handler as POST };
