import { AppError } from "#lib/core/errors.ts";
import type { Principal } from "./principal.ts";

export interface RequestHead {
  method: string;
  header(name: string): string | undefined;
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a browser says that a page of ours asked for this. */
export function isSameOrigin(request: RequestHead, studioUrl: string): boolean {
  const site = request.header("sec-fetch-site");
  if (site) return site === "same-origin";
  const origin = request.header("origin");
  // `Origin: null` is what a sandboxed page sends.
  if (!origin || !URL.canParse(origin)) return false;
  const hosts = [new URL(studioUrl).host, request.header("host")];
  return hosts.includes(new URL(origin).host);
}

/**
 * Refuses a change that another site made a browser send: a cookie goes with such a request by itself, a token does not.
 * Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`; a change that says neither is not
 * from one of our pages. Call it once the caller is known.
 */
export function assertSameOrigin(request: RequestHead, principal: Principal | null, studioUrl: string): void {
  if (principal?.via !== "session" || safeMethods.has(request.method.toUpperCase())) return;
  if (isSameOrigin(request, studioUrl)) return;
  throw new AppError("FORBIDDEN", {
    userMessage:
      "This change came from another site, so it was not made. Open the studio and repeat it there.",
  });
}
