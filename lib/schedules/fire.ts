import { and, asc, eq, lte } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { schedules } from "#db/schema/index.ts";
import { isAppError } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import { readTrigger, startJob } from "./commands.ts";
import { nextTime } from "./next/next-time.ts";

/**
 * Fires every schedule whose time has come, and answers the names of the runs. The row is locked while its run is written
 * and its next time moved, in one transaction, so that any number of runners fire each time once. Times that passed while
 * no runner was there count as one.
 */
export async function fireDueSchedules(db: Database): Promise<string[]> {
  const started: string[] = [];
  for (;;) {
    const fired = await db.transaction(async (tx) => {
      const now = new Date();
      const [row] = await tx
        .select()
        .from(schedules)
        .where(and(eq(schedules.enabled, true), lte(schedules.nextAt, now)))
        .orderBy(asc(schedules.nextAt))
        .limit(1)
        .for("update", { skipLocked: true });
      if (!row?.nextAt) return null;
      const at = row.nextAt;
      // A savepoint: a job that cannot be sent any more must not undo that its time has passed.
      const result = await tx
        .transaction(async (inner) => ({ run: await startJob(inner, row, at), error: null }))
        .catch((error: unknown) => {
          if (!isAppError(error)) throw error;
          return { run: null, error: error.userMessage };
        });
      const nextAt = nextTime(readTrigger(row), now, row.createdAt);
      await tx
        .update(schedules)
        .set({
          nextAt,
          lastAt: at,
          lastError: result.error,
          ...(result.run ? { lastRunName: result.run } : {}),
        })
        .where(eq(schedules.id, row.id));
      const { workspaceId, name } = row;
      await publish(tx, { workspaceId, kind: "schedule", name, event: "updated" });
      return result;
    });
    if (!fired) return started;
    if (fired.run) started.push(fired.run);
  }
}
