import { and, desc, eq, lt, or } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { activities, users } from "#db/schema/index.ts";
import { decodeCursor, encodeCursor } from "#lib/api/page.ts";
import type { Activity } from "./model.ts";

export interface ActivityFilter {
  workspaceId: string;
  kind?: string | undefined;
  name?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

function afterCursor(cursor: string | undefined) {
  if (!cursor) return undefined;
  const [at, id] = decodeCursor(cursor, 2);
  const createdAt = new Date(Number(at));
  return or(
    lt(activities.createdAt, createdAt),
    and(eq(activities.createdAt, createdAt), lt(activities.id, String(id))),
  );
}

/** Deeds in a workspace, newest first. */
export async function listActivities(
  db: Queryable,
  filter: ActivityFilter,
): Promise<{ items: Activity[]; nextCursor: string | null }> {
  const rows = await db
    .select({ activity: activities, userName: users.name })
    .from(activities)
    .leftJoin(users, eq(users.id, activities.userId))
    .where(
      and(
        eq(activities.workspaceId, filter.workspaceId),
        filter.kind ? eq(activities.kind, filter.kind) : undefined,
        filter.name ? eq(activities.name, filter.name) : undefined,
        afterCursor(filter.cursor),
      ),
    )
    .orderBy(desc(activities.createdAt), desc(activities.id))
    .limit(filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const last = rows.length > filter.limit ? page.at(-1)?.activity : undefined;
  return {
    items: page.map(({ activity, userName }) => ({
      id: activity.id,
      user: activity.userId ? { id: activity.userId, name: userName ?? "Somebody" } : null,
      verb: activity.verb,
      kind: activity.kind,
      name: activity.name,
      data: activity.data,
      at: activity.createdAt.getTime(),
    })),
    nextCursor: last ? encodeCursor([last.createdAt.getTime(), last.id]) : null,
  };
}
