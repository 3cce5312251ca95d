import { and, eq, isNull, notLike, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { attempts, runs, runTags } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError } from "#lib/core/errors.ts";
import { publish } from "#lib/live/outbox.ts";
import type { RunStatus } from "#lib/spec/statuses.ts";
import { deleteRun, restoreRun } from "#lib/tracking/commands/client-runs.ts";
import { isEnded } from "../state.ts";
import { moveRun, type RunRow, wakeRunner } from "../transition.ts";

/**
 * Asks a run to end. One that still waits ends at once; one that is under way is told by its runner (SIGTERM, ten seconds,
 * SIGKILL). A run that has ended already is a `CONFLICT`.
 */
export async function cancelRun(db: Database, run: RunRow, userId: string): Promise<void> {
  if (run.origin === "mlflow") {
    throw new AppError("CONFLICT", {
      userMessage: "This run is executed elsewhere, by an MLflow client. End it there.",
    });
  }
  await db.transaction(async (tx) => {
    const request = { cancelRequestedAt: new Date(), canceledBy: userId };
    // Locked before it is looked at, so that no runner claims it in between.
    const [waiting] = await tx
      .select({ id: attempts.id })
      .from(attempts)
      .where(and(eq(attempts.runId, run.id), eq(attempts.state, "queued")))
      .for("update");
    if (waiting) {
      await tx
        .update(attempts)
        .set({ state: "ended", outcome: "Canceled", endedAt: new Date() })
        .where(eq(attempts.id, waiting.id));
      await moveRun(tx, run.id, { to: "Canceled", set: request });
    } else {
      const asked = await moveRun(tx, run.id, { to: "CancelRequested", set: request });
      if (!asked) {
        const [now] = await tx.select({ status: runs.status }).from(runs).where(eq(runs.id, run.id));
        if (now?.status === "CancelRequested") return;
        throw new AppError("CONFLICT", {
          userMessage: `${run.displayName} has ended already: it is ${now?.status ?? "gone"}.`,
        });
      }
    }
    await recordActivity(tx, {
      workspaceId: run.workspaceId,
      userId,
      verb: "canceled",
      kind: "run",
      name: run.name,
      data: { displayName: run.displayName },
    });
    await wakeRunner(tx);
  });
}

export interface RunChange {
  displayName?: string | undefined;
  description?: string | undefined;
  /** Replaces the tags of people; those of clients (`mlflow.…`) stay. */
  tags?: Record<string, string> | undefined;
}

export async function updateRun(db: Database, run: RunRow, change: RunChange): Promise<void> {
  const { displayName, description, tags } = change;
  await db.transaction(async (tx) => {
    await tx
      .update(runs)
      .set({
        updatedAt: new Date(),
        ...(displayName === undefined ? {} : { displayName }),
        ...(description === undefined ? {} : { description }),
      })
      .where(eq(runs.id, run.id));
    if (tags) {
      const pairs = Object.entries(tags).filter(([key]) => !key.startsWith("mlflow."));
      await tx.delete(runTags).where(and(eq(runTags.runId, run.id), notLike(runTags.key, "mlflow.%")));
      if (pairs.length > 0) {
        await tx.insert(runTags).values(pairs.map(([key, value]) => ({ runId: run.id, key, value })));
      }
    }
    await publish(tx, { workspaceId: run.workspaceId, kind: "run", name: run.name, event: "updated" });
  });
}

export async function archiveRun(db: Database, run: RunRow): Promise<void> {
  if (!isEnded(run.status as RunStatus)) {
    throw new AppError("CONFLICT", { userMessage: `${run.displayName} did not end yet. Cancel it first.` });
  }
  await db.transaction(async (tx) => {
    await tx
      .update(runs)
      .set({ archivedAt: sql`now()`, updatedAt: new Date() })
      .where(and(eq(runs.id, run.id), isNull(runs.archivedAt)));
    await publish(tx, { workspaceId: run.workspaceId, kind: "run", name: run.name, event: "updated" });
  });
}

/** Brings an archived or deleted run back into the lists. */
export async function bringBackRun(db: Database, run: RunRow): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(runs).set({ archivedAt: null }).where(eq(runs.id, run.id));
    await restoreRun(tx, run);
  });
}

/** Hides a run everywhere. Its files stay: what was registered from it uses them. */
export async function removeRun(db: Database, run: RunRow, userId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await deleteRun(tx, run);
    await recordActivity(tx, {
      workspaceId: run.workspaceId,
      userId,
      verb: "deleted",
      kind: "run",
      name: run.name,
      data: { displayName: run.displayName },
    });
  });
}
