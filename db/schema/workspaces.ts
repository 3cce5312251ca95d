import { sql } from "drizzle-orm";
import { pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { teams } from "./teams.ts";
import { users } from "./users.ts";

/** The only boundary of sharing and security: every other row belongs to one. */
export const workspaces = pgTable(
  "workspaces",
  {
    id: idColumn(),
    teamId: text("team_id")
      .notNull()
      .references(() => teams.id),
    /** In every address: lower-case letters, digits and dashes. The name of one that is put away is free. */
    name: text("name").notNull(),
    displayName: text("display_name").notNull(),
    description: text("description").notNull().default(""),
    createdBy: text("created_by")
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    archivedAt: instant("archived_at"),
  },
  (t) => [uniqueIndex("workspaces_name_unique").on(t.name).where(sql`${t.archivedAt} is null`)],
);
