import { and, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import { outboxChannel } from "#lib/live/outbox.ts";
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
  const news = { event: "status", data: { status: move.to } };
  await writeHistory(tx, row, { ...move, event: move.to, at: now }, news);
  return true;
}

type Told = Pick<RunRow, "id" | "workspaceId" | "name">;

/** A line of the history and the news of it, in one statement: a step of a pipeline has several in a fraction of a second. */
async function writeHistory(
  tx: Queryable,
  run: Told & Partial<Pick<RunRow, "nodeName" | "rootRunId">>,
  entry: Pick<Move, "reason" | "attemptId" | "data"> & { event: string; at: Date },
  news: { event: string; data: Record<string, unknown> },
): Promise<void> {
  const { id, workspaceId, name, nodeName, rootRunId = id } = run;
  const { event, reason = "", attemptId = null, data = {}, at } = entry;
  const forRoot = nodeName ? { step: nodeName, ...news.data } : null;
  await tx.execute(sql`
    with entry as (
      insert into run_events (run_id, attempt_id, event, reason, data, at)
      values (${id}, ${attemptId}, ${event}, ${reason}, ${JSON.stringify(data)}::jsonb, ${at.toISOString()}::timestamptz)
    ), told as (
      insert into outbox (workspace_id, kind, name, event, data)
      values (${workspaceId}, 'run', ${name}, ${news.event}, ${JSON.stringify(news.data)}::jsonb)
    ), root as (
      insert into outbox (workspace_id, kind, name, event, data)
      select workspace_id, 'run', name, 'updated', ${forRoot && JSON.stringify(forRoot)}::jsonb
      from runs where id = ${rootRunId} and id <> ${id} and ${forRoot !== null}
    )
    select pg_notify(${outboxChannel}, '')`);
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
export async function noteRun(tx: Queryable, run: Told, reason: string, attemptId?: string): Promise<void> {
  const { id, workspaceId, name } = run;
  const entry = { event: "note", reason, at: new Date(), ...(attemptId === undefined ? {} : { attemptId }) };
  await writeHistory(tx, { id, workspaceId, name }, entry, { event: "note", data: { reason } });
}
