import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { outbox } from "#db/schema/index.ts";

export const outboxChannel = "atelier_outbox";

/** Something changed that somebody may be watching. */
export interface Change {
  workspaceId: string;
  /** `run`, `dataset`, `model`, `environment`, `endpoint`, `compute`, `member`, … */
  kind: string;
  /** The name by which pages know the thing. */
  name: string;
  /** `created`, `status`, `metrics`, `log`, `updated`, `deleted`, … */
  event: string;
  data?: Record<string, unknown>;
}

/** Writes a change in the caller's transaction and wakes the watchers when it commits. */
export async function publish(db: Queryable, change: Change): Promise<void> {
  await db.insert(outbox).values(change);
  await db.execute(sql`select pg_notify(${outboxChannel}, '')`);
}
