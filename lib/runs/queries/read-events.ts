import { and, asc, eq, isNull, or } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { attempts, runEvents } from "#db/schema/index.ts";
import type { RunEvent } from "../model.ts";

/** The history of a run, oldest first; with an attempt's number, only of that attempt and of the run as a whole. */
export async function readRunEvents(db: Queryable, runId: string, attempt?: number): Promise<RunEvent[]> {
  const rows = await db
    .select({ event: runEvents, number: attempts.number })
    .from(runEvents)
    .leftJoin(attempts, eq(attempts.id, runEvents.attemptId))
    .where(
      and(
        eq(runEvents.runId, runId),
        attempt === undefined ? undefined : or(isNull(runEvents.attemptId), eq(attempts.number, attempt)),
      ),
    )
    .orderBy(asc(runEvents.id));
  return rows.map(({ event, number }) => ({
    id: event.id,
    event: event.event,
    reason: event.reason,
    data: event.data,
    attempt: number,
    at: event.at.getTime(),
  }));
}
