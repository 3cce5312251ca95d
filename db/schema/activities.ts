import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, idColumn } from "./columns.ts";

/** Who did what in a workspace: append-only, shown on the home page and on the thing's own page. */
export const activities = pgTable(
  "activities",
  {
    id: idColumn(),
    workspaceId: text("workspace_id").notNull(),
    userId: text("user_id"),
    verb: text("verb").notNull(),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [index("activities_workspace_idx").on(t.workspaceId, t.createdAt)],
);
