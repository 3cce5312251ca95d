import { createHash } from "node:crypto";
import type { Services } from "#lib/services/services.ts";

/** Tells this studio's containers from those of another one on the same engine: its key and its database. */
export async function readStudioId(services: Services): Promise<string> {
  const [row] = await services.sql<{ text: string }[]>`
    select oid || '/' || datname as text from pg_database where datname = current_database()`;
  return createHash("sha256")
    .update(`${services.sessionSecret} ${row?.text ?? ""}`)
    .digest("hex")
    .slice(0, 20);
}
