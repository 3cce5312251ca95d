import { index, jsonb, pgTable, primaryKey, real, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { workspaces } from "./workspaces.ts";

/** The outputs of a step that was executed on a sample, by its key: port → digest of its folder. */
export const previewSteps = pgTable(
  "preview_steps",
  {
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    outputs: jsonb("outputs").$type<Record<string, string>>().notNull(),
    fact: text("fact"),
    seconds: real("seconds").notNull().default(0),
    usedAt: instant("used_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] }), index("preview_steps_used_idx").on(t.usedAt)],
);
