import type { Queryable } from "#db/client.ts";
import { attempts, runEvents, runPorts, runs, runTags } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import { type RunRow, wakeRunner } from "../transition.ts";

export interface NewRunRows {
  run: Omit<typeof runs.$inferInsert, "id" | "status" | "origin" | "rootRunId">;
  provider: string;
  ports: Omit<typeof runPorts.$inferInsert, "runId">[];
  tags: Record<string, string>;
}

/** Writes a run that waits for the runner, and wakes it. A name that is taken is a `CONFLICT`. Call it in a transaction. */
export async function insertRun(tx: Queryable, rows: NewRunRows): Promise<RunRow> {
  const id = newId("run");
  const { workspaceId, name, createdBy } = rows.run;
  const [run] = await tx
    .insert(runs)
    .values({ ...rows.run, id, rootRunId: id, status: "NotStarted", origin: "studio" })
    .onConflictDoNothing()
    .returning();
  if (!run) {
    throw new AppError("CONFLICT", {
      userMessage: `There is a run “${name}” already. Leave the name out to get a new one.`,
      issues: [{ path: "name", message: "is taken", value: name }],
    });
  }
  if (rows.ports.length > 0)
    await tx.insert(runPorts).values(rows.ports.map((port) => ({ ...port, runId: id })));
  const pairs = (map: Record<string, string>) =>
    Object.entries(map).map(([key, value]) => ({ runId: id, key, value }));
  if (Object.keys(rows.tags).length > 0) await tx.insert(runTags).values(pairs(rows.tags));
  await insertAttempt(tx, run, { number: 1, provider: rows.provider });
  await tx.insert(runEvents).values({ runId: id, event: "NotStarted" });
  await recordActivity(tx, {
    workspaceId,
    userId: createdBy ?? null,
    verb: "started",
    kind: "run",
    name,
    data: { displayName: run.displayName },
  });
  await publish(tx, { workspaceId, kind: "run", name, event: "created" });
  return run;
}

/** The next try at a run, which the runner takes when a slot is free and `delayMs` have passed. */
export async function insertAttempt(
  tx: Queryable,
  run: Pick<RunRow, "id" | "workspaceId">,
  next: { number: number; provider: string; priority?: number; delayMs?: number },
): Promise<void> {
  const { id: runId, workspaceId } = run;
  const { number, provider, priority = 0, delayMs } = next;
  const notBefore = delayMs ? new Date(Date.now() + delayMs) : null;
  await tx
    .insert(attempts)
    .values({ id: newId("att"), runId, workspaceId, number, provider, priority, notBefore });
  await wakeRunner(tx);
}
