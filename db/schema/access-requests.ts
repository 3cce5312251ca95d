import { sql } from "drizzle-orm";
import { index, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

export const accessRequestStatus = pgEnum("access_request_status", ["pending", "granted", "declined"]);

/** A stranger who followed a link asks to be let in; one open request per person and workspace. */
export const accessRequests = pgTable(
  "access_requests",
  {
    id: idColumn(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The page that was asked for, with its query. */
    path: text("path").notNull(),
    status: accessRequestStatus("status").notNull().default("pending"),
    createdAt: createdAt(),
    decidedBy: text("decided_by").references(() => users.id),
    decidedAt: instant("decided_at"),
  },
  (t) => [
    uniqueIndex("access_requests_pending_key")
      .on(t.workspaceId, t.userId)
      .where(sql`${t.status} = 'pending'`),
    index("access_requests_workspace_idx").on(t.workspaceId, t.createdAt),
  ],
);
