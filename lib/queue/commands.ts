import { and, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { tasks } from "#db/schema/index.ts";
import { newId } from "#lib/core/ids.ts";

export const taskChannel = "atelier_tasks";

export interface NewTask {
  kind: string;
  /** Two unfinished tasks of one kind and key are one. */
  key: string;
  payload: Record<string, unknown>;
  workspaceId?: string;
  /** Tries before the task is given up; 3 unless told. */
  maxAttempts?: number;
}

/** Adds a task in the caller's transaction; the runner wakes when it commits. */
export async function enqueueTask(tx: Queryable, task: NewTask): Promise<void> {
  const [open] = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(eq(tasks.kind, task.kind), eq(tasks.key, task.key), inArray(tasks.status, ["queued", "running"])),
    )
    .limit(1);
  if (!open) await tx.insert(tasks).values({ id: newId("tsk"), ...task });
  await tx.execute(sql`select pg_notify(${taskChannel}, '')`);
}

export interface ClaimedTask {
  id: string;
  kind: string;
  key: string;
  workspaceId: string | null;
  payload: Record<string, unknown>;
  attempts: number;
  maxAttempts: number;
  fence: number;
}

const leaseSeconds = 15;

/** Takes the oldest task that waits or whose owner stopped renewing its lease. */
export async function claimTask(db: Queryable, owner: string, kinds: string[]): Promise<ClaimedTask | null> {
  const ready = db
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        inArray(tasks.kind, kinds),
        sql`((${tasks.status} = 'queued' and ${tasks.runAfter} <= now())
          or (${tasks.status} = 'running' and ${tasks.leaseExpiresAt} < now()))`,
      ),
    )
    .orderBy(tasks.runAfter)
    .limit(1)
    .for("update", { skipLocked: true });
  const [row] = await db
    .update(tasks)
    .set({
      status: "running",
      attempts: sql`${tasks.attempts} + 1`,
      fence: sql`${tasks.fence} + 1`,
      leaseOwner: owner,
      leaseExpiresAt: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(inArray(tasks.id, ready))
    .returning();
  return row ?? null;
}

const mine = (task: ClaimedTask) => and(eq(tasks.id, task.id), eq(tasks.fence, task.fence));

/** Renews the lease; false when another owner has the task by now. */
export async function renewTask(db: Queryable, task: ClaimedTask): Promise<boolean> {
  const rows = await db
    .update(tasks)
    .set({ leaseExpiresAt: sql`now() + make_interval(secs => ${leaseSeconds})` })
    .where(mine(task))
    .returning({ id: tasks.id });
  return rows.length > 0;
}

export async function completeTask(db: Queryable, task: ClaimedTask): Promise<void> {
  await db.update(tasks).set({ status: "completed", finishedAt: new Date(), error: null }).where(mine(task));
}

/** Puts the task back with a growing pause, or gives it up after its last try. True when it was given up. */
export async function failTask(db: Queryable, task: ClaimedTask, error: string): Promise<boolean> {
  const final = task.attempts >= task.maxAttempts;
  await db
    .update(tasks)
    .set(
      final
        ? { status: "failed", finishedAt: new Date(), error }
        : { status: "queued", error, runAfter: sql`now() + make_interval(secs => ${2 ** task.attempts})` },
    )
    .where(mine(task));
  return final;
}
