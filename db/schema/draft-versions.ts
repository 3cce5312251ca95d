import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { drafts } from "./drafts.ts";
import { users } from "./users.ts";

/** A saved state of a draft. Saves within a minute are one. */
export const draftVersions = pgTable(
  "draft_versions",
  {
    draftId: text("draft_id")
      .notNull()
      .references(() => drafts.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    text: text("text").notNull(),
    nodeCount: integer("node_count").notNull().default(0),
    /** Everybody who edited since the version before. */
    authorIds: text("author_ids").array().notNull().default([]),
    /** Of them, who was the last. */
    authorId: text("author_id").references(() => users.id, { onDelete: "set null" }),
    note: text("note").notNull().default(""),
    /** Of its first save; the minute counts from here. */
    startedAt: instant("started_at").notNull().defaultNow(),
    /** Of its last save. */
    at: instant("at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.draftId, t.number] })],
);
