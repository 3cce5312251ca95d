import { and, eq } from "drizzle-orm";
import type { Database, Queryable } from "#db/client.ts";
import { schedules, users } from "#db/schema/index.ts";
import { recordActivity } from "#lib/activity/record.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { publish } from "#lib/live/outbox.ts";
import { checkJob, submitInTransaction } from "#lib/runs/commands/submit-run.ts";
import { type TriggerSpec, trigger } from "#lib/spec/kinds/schedule.ts";
import { loadSpecText, loadSpecValue } from "#lib/spec/load-text.ts";
import { plain } from "#lib/spec/written.ts";
import { runNameAt } from "./model.ts";
import { nextTime } from "./next/next-time.ts";
import { jobAt, readScheduledJob } from "./read-job.ts";

export type ScheduleRow = typeof schedules.$inferSelect;

/** Makes a schedule from its file, or changes the one of that name. Its job is checked as if it were sent now. */
export async function putSchedule(
  db: Database,
  workspaceId: string,
  userId: string,
  file: string | Record<string, unknown>,
): Promise<string> {
  const options = { kind: "schedule" as const };
  const { spec } = typeof file === "string" ? loadSpecText(file, options) : loadSpecValue(file, options);
  const now = new Date();
  const nextAt = nextTime(spec.trigger, now, now);
  const job = await readScheduledJob(db, workspaceId, spec.name, spec.create_job);
  await checkJob(db, workspaceId, { spec: jobAt(job, runNameAt(spec.name, now), now) });
  const values = {
    displayName: spec.display_name ?? spec.name,
    description: spec.description ?? "",
    tags: Object.fromEntries(Object.entries(spec.tags ?? {}).map(([key, value]) => [key, value ?? ""])),
    trigger: plain(spec.trigger) as Record<string, unknown>,
    job,
    enabled: spec.is_enabled ?? true,
    nextAt,
    createdBy: userId,
    updatedAt: now,
  };
  const { name } = spec;
  return db.transaction(async (tx) => {
    await tx
      .insert(schedules)
      .values({ id: newId("sch"), workspaceId, name, createdAt: now, ...values })
      .onConflictDoUpdate({ target: [schedules.workspaceId, schedules.name], set: values });
    await recordActivity(tx, { workspaceId, userId, verb: "created", kind: "schedule", name });
    await publish(tx, { workspaceId, kind: "schedule", name, event: "created" });
    return name;
  });
}

export async function getSchedule(db: Queryable, workspaceId: string, name: string): Promise<ScheduleRow> {
  const [row] = await db
    .select()
    .from(schedules)
    .where(and(eq(schedules.workspaceId, workspaceId), eq(schedules.name, name)));
  if (!row) throw notFound(`Schedule “${name}”`);
  return row;
}

/** The trigger as it was checked when the schedule was made. */
export function readTrigger(row: Pick<ScheduleRow, "trigger">): TriggerSpec {
  return trigger.parse(row.trigger);
}

export async function setEnabled(db: Database, row: ScheduleRow, enabled: boolean): Promise<void> {
  const now = new Date();
  const nextAt = enabled ? nextTime(readTrigger(row), now, row.createdAt) : null;
  await db.transaction(async (tx) => {
    await tx.update(schedules).set({ enabled, nextAt, updatedAt: now }).where(eq(schedules.id, row.id));
    await publish(tx, { workspaceId: row.workspaceId, kind: "schedule", name: row.name, event: "updated" });
  });
}

export async function deleteSchedule(db: Database, row: ScheduleRow, userId: string): Promise<void> {
  const { workspaceId, name } = row;
  if (row.enabled) {
    throw new AppError("CONFLICT", {
      userMessage: `The schedule “${name}” is enabled. Disable it, then delete it.`,
    });
  }
  await db.transaction(async (tx) => {
    await tx.delete(schedules).where(eq(schedules.id, row.id));
    await recordActivity(tx, { workspaceId, userId, verb: "deleted", kind: "schedule", name });
    await publish(tx, { workspaceId, kind: "schedule", name, event: "deleted" });
  });
}

/** Starts the job of a schedule as at `at`, and answers the name of its run. Call it in a transaction. */
export async function startJob(tx: Queryable, row: ScheduleRow, at: Date): Promise<string> {
  const [person] = await tx.select({ name: users.name }).from(users).where(eq(users.id, row.createdBy));
  const by = { userId: row.createdBy, name: person?.name ?? "" };
  const run = await submitInTransaction(tx, row.workspaceId, by, {
    spec: jobAt(row.job, runNameAt(row.name, at), at),
  });
  return run.name;
}
