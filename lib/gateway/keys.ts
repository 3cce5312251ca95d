import { createHash, timingSafeEqual } from "node:crypto";
import { GatewayError } from "./errors.ts";
import type { EndpointRoute } from "./table.ts";

/** The key of `Authorization: Bearer <key>`, or a 401. */
export function readKey(authorization: string | undefined): string {
  const key = /^bearer\s+(\S+)\s*$/i.exec(authorization ?? "")?.[1];
  if (!key) throw new GatewayError(401, "Send the endpoint's key as “Authorization: Bearer <key>”.");
  return key;
}

/** Whether the key is one of the endpoint's two. Takes as long for a wrong key as for a right one. */
export function opens(endpoint: EndpointRoute, key: string): boolean {
  const hash = createHash("sha256").update(key).digest();
  let fits = false;
  for (const known of endpoint.keyHashes) {
    if (known.length === hash.length && timingSafeEqual(known, hash)) fits = true;
  }
  return fits;
}
