import { and, asc, eq, gt } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { schedules, users } from "#db/schema/index.ts";
import { decodeCursor, encodeCursor } from "#lib/api/page.ts";
import { notFound } from "#lib/core/errors.ts";
import type { Schedule } from "./model.ts";

interface Found {
  row: typeof schedules.$inferSelect;
  createdBy: string | null;
}

function toSchedule({ row, createdBy }: Found): Schedule {
  const { name, displayName, description, tags, trigger, job, enabled, lastRunName, lastError } = row;
  return {
    name,
    displayName,
    description,
    tags,
    trigger,
    job,
    enabled,
    nextAt: enabled ? (row.nextAt?.getTime() ?? null) : null,
    lastAt: row.lastAt?.getTime() ?? null,
    lastRunName,
    lastError,
    createdBy,
    createdAt: row.createdAt.getTime(),
    updatedAt: row.updatedAt.getTime(),
  };
}

/** Schedules by name. */
export async function listSchedules(
  db: Queryable,
  query: { workspaceId: string; disabled?: boolean | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: Schedule[]; nextCursor: string | null }> {
  const rows = await db
    .select({ row: schedules, createdBy: users.name })
    .from(schedules)
    .leftJoin(users, eq(users.id, schedules.createdBy))
    .where(
      and(
        eq(schedules.workspaceId, query.workspaceId),
        query.disabled ? undefined : eq(schedules.enabled, true),
        query.cursor ? gt(schedules.name, String(decodeCursor(query.cursor, 1)[0])) : undefined,
      ),
    )
    .orderBy(asc(schedules.name))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const nextCursor = rows.length > query.limit && last ? encodeCursor([last.row.name]) : null;
  return { items: page.map(toSchedule), nextCursor };
}

export async function readSchedule(db: Queryable, workspaceId: string, name: string): Promise<Schedule> {
  const [found] = await db
    .select({ row: schedules, createdBy: users.name })
    .from(schedules)
    .leftJoin(users, eq(users.id, schedules.createdBy))
    .where(and(eq(schedules.workspaceId, workspaceId), eq(schedules.name, name)));
  if (!found) throw notFound(`Schedule “${name}”`);
  return toSchedule(found);
}
