import { bigint, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";
import { workspaces } from "./workspaces.ts";

/** A named group of runs. Numbered per workspace from 0 (`Default`), as MLflow clients expect. */
export const experiments = pgTable(
  "experiments",
  {
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    number: bigint("number", { mode: "number" }).notNull(),
    name: text("name").notNull(),
    tags: jsonb("tags").$type<Record<string, string>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.number] }),
    uniqueIndex("experiments_name_key").on(t.workspaceId, t.name),
  ],
);
