import { integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { workspaces } from "./workspaces.ts";

/** A pipeline behind a stable address: whoever has a key starts runs of its default version, or of another one. */
export const pipelineEndpoints = pgTable(
  "pipeline_endpoints",
  {
    id: idColumn(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    defaultVersion: integer("default_version").notNull(),
    /** The highest number handed out so far. */
    lastVersion: integer("last_version").notNull(),
    /** SHA-256 of each key in hex; the keys themselves are sealed in `secrets`. */
    primaryKeyHash: text("primary_key_hash").notNull(),
    secondaryKeyHash: text("secondary_key_hash").notNull(),
    createdBy: text("created_by"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [uniqueIndex("pipeline_endpoints_name_key").on(t.workspaceId, t.name)],
);
