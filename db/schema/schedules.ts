import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { workspaces } from "./workspaces.ts";

/** A job that starts by itself, by the clock. */
export const schedules = pgTable(
  "schedules",
  {
    id: idColumn(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    displayName: text("display_name").notNull(),
    description: text("description").notNull().default(""),
    tags: jsonb("tags").$type<Record<string, string>>().notNull().default({}),
    /** As in the file; read by `lib/spec`. */
    trigger: jsonb("trigger").$type<Record<string, unknown>>().notNull(),
    /** The job that is sent each time, what is to be changed of it already changed. */
    job: jsonb("job").$type<Record<string, unknown>>().notNull(),
    enabled: boolean("enabled").notNull().default(true),
    /** When it fires next; null when it never does any more. Whoever fires it moves this in the same transaction. */
    nextAt: instant("next_at"),
    lastAt: instant("last_at"),
    lastRunName: text("last_run_name"),
    /** Why the last time gave no run. */
    lastError: text("last_error"),
    /** Its runs act as this person. */
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("schedules_name_key").on(t.workspaceId, t.name),
    index("schedules_next_idx").on(t.nextAt).where(sql`${t.enabled} and ${t.nextAt} is not null`),
  ],
);
