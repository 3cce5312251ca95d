import type { Queryable } from "#db/client.ts";
import { activities } from "#db/schema/index.ts";
import { newId } from "#lib/core/ids.ts";

export interface Activity {
  workspaceId: string;
  /** Null when the studio itself did it. */
  userId: string | null;
  /** Past tense: `registered`, `deployed`, `invited`, … */
  verb: string;
  kind: string;
  name: string;
  data?: Record<string, unknown>;
}

/** Notes who did what, in the transaction of the deed. */
export async function recordActivity(db: Queryable, activity: Activity): Promise<void> {
  await db.insert(activities).values({ id: newId("act"), ...activity });
}
