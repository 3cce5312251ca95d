import type { IncomingHttpHeaders } from "node:http";
import { AppError } from "#lib/core/errors.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

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
  const { origin, host } = request.headers;
  if (!site && origin && host && new URL(origin).host === host) return;
  throw new AppError("FORBIDDEN", { userMessage: "This request did not come from a page of the studio." });
}
