import { and, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runEvents, runs } from "#db/schema/index.ts";
import { publish } from "#lib/live/outbox.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";
import { isEnded, statusesBefore } from "./state.ts";

export type RunRow = typeof runs.$inferSelect;

/** The channel that wakes the runner: something was submitted or is to be canceled. */
export const runsChannel = "atelier_runs";

export async function wakeRunner(tx: Queryable): Promise<void> {
  await tx.execute(sql`select pg_notify(${runsChannel}, '')`);
}

export interface Move {
  to: RunStatus;
  /** For people: "2 runs are ahead on docker". */
  reason?: string;
  attemptId?: string;
  data?: Record<string, unknown>;
  /** Columns that change with the status. */
  set?: Partial<typeof runs.$inferInsert>;
}

/**
 * Takes a run to its next status, writes its history and tells the watchers, all in the caller's transaction. False, and
 * nothing is written, when the table of `state.ts` does not allow it from where the run is.
 */
export async function moveRun(tx: Queryable, runId: string, move: Move): Promise<boolean> {
  const now = new Date();
  const [row] = await tx
    .update(runs)
    .set({
      ...move.set,
      status: move.to,
      updatedAt: now,
      ...(isEnded(move.to) ? { endedAt: now } : {}),
    })
    .where(and(eq(runs.id, runId), inArray(runs.status, statusesBefore(move.to))))
    .returning({
      id: runs.id,
      workspaceId: runs.workspaceId,
      name: runs.name,
      nodeName: runs.nodeName,
      rootRunId: runs.rootRunId,
    });
  if (!row) return false;
  await tx.insert(runEvents).values({
    runId,
    attemptId: move.attemptId ?? null,
    event: move.to,
    reason: move.reason ?? "",
    data: move.data ?? {},
    at: now,
  });
  const { workspaceId, name, nodeName } = row;
  await publish(tx, { workspaceId, name, kind: "run", event: "status", data: { status: move.to } });
  if (nodeName !== null) await tellRoot(tx, row, { step: nodeName, status: move.to });
  return true;
}

/** Tells the watchers of a whole pipeline of a change in one of its steps. */
export async function tellRoot(
  tx: Queryable,
  run: Pick<RunRow, "id" | "workspaceId" | "rootRunId">,
  data: Record<string, unknown>,
): Promise<void> {
  if (run.rootRunId === run.id) return;
  await tx.execute(sql`
    insert into outbox (workspace_id, kind, name, event, data)
    select ${run.workspaceId}, 'run', name, 'updated', ${JSON.stringify(data)}::jsonb
    from runs where id = ${run.rootRunId}`);
}

/** Adds a note to the history: progress inside a status. */
export async function noteRun(
  tx: Queryable,
  run: Pick<RunRow, "id" | "workspaceId" | "name">,
  reason: string,
  attemptId?: string,
): Promise<void> {
  await tx.insert(runEvents).values({ runId: run.id, attemptId: attemptId ?? null, event: "note", reason });
  await publish(tx, {
    workspaceId: run.workspaceId,
    kind: "run",
    name: run.name,
    event: "note",
    data: { reason },
  });
}
