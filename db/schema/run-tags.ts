import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { runs } from "./runs.ts";

/** A tag of a run; the last write wins. */
export const runTags = pgTable(
  "run_tags",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    value: text("value").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.key] }),
    // A value may be longer than an index takes; its start finds the few that are compared whole.
    index("run_tags_value_idx").on(t.key, sql`left(${t.value}, 200)`),
  ],
);
