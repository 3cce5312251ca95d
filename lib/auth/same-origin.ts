import type { IncomingHttpHeaders } from "node:http";
import { AppError } from "#lib/core/errors.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

function namesHost(origin: string | undefined, host: string | undefined): boolean {
  // `Origin: null` is what a sandboxed page sends.
  return origin !== undefined && host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/**
 * Refuses a change that carries a session cookie but was started by another site's page. Browsers say where a request
 * comes from in `Sec-Fetch-Site`, older ones in `Origin`; a change that says neither is not from one of our pages.
 */
export function checkSameOrigin(request: {
  method?: string | undefined;
  headers: IncomingHttpHeaders;
}): void {
  if (safeMethods.has(request.method ?? "GET")) return;
  const site = request.headers["sec-fetch-site"];
  if (site === "same-origin" || site === "none") return;
  if (!site && namesHost(request.headers.origin, request.headers.host)) return;
  throw new AppError("FORBIDDEN", {
    userMessage:
      "This change came from another site, so it was not made. Open the studio and repeat it there.",
  });
}
