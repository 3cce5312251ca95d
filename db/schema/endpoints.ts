import { jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { workspaces } from "./workspaces.ts";

/** A stable address and key. `traffic` is what was asked for: deployment name → percent, 0 or 100 in sum. */
export const endpoints = pgTable(
  "endpoints",
  {
    id: idColumn(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    tags: jsonb("tags").$type<Record<string, string>>().notNull().default({}),
    authMode: text("auth_mode", { enum: ["key"] })
      .notNull()
      .default("key"),
    traffic: jsonb("traffic").$type<Record<string, number>>().notNull().default({}),
    /** SHA-256 of each key in hex; the keys themselves are sealed in `secrets`. */
    primaryKeyHash: text("primary_key_hash").notNull(),
    secondaryKeyHash: text("secondary_key_hash").notNull(),
    createdBy: text("created_by"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    /** Set when deletion was asked for; the row goes when its deployments are gone. */
    deletingAt: instant("deleting_at"),
  },
  (t) => [uniqueIndex("endpoints_name_key").on(t.workspaceId, t.name)],
);
