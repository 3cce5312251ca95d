import { integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn } from "./columns.ts";
import { workspaces } from "./workspaces.ts";

/** A place where runs execute: a provider, its settings, and how many runs it takes at once. */
export const computeTargets = pgTable(
  "compute_targets",
  {
    id: idColumn(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** A name of the provider registry: `docker`, `local`. */
    provider: text("provider").notNull(),
    maxInstances: integer("max_instances").notNull(),
    /** Limits for each run unless the job says otherwise. */
    cpus: integer("cpus"),
    memoryMib: integer("memory_mib"),
    description: text("description").notNull().default(""),
    tags: jsonb("tags").$type<Record<string, string>>().notNull().default({}),
    createdBy: text("created_by"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("compute_targets_name_key").on(t.workspaceId, t.name)],
);
