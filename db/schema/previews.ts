import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";
import { workspaces } from "./workspaces.ts";

/**
 * What a step makes of a sample, by its key (component, parameters, data and all before it). Kept a while, since the same
 * question comes again after each edit elsewhere.
 */
export const previews = pgTable(
  "previews",
  {
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** The step's key, a slash, the output port. */
    key: text("key").notNull(),
    status: text("status", { enum: ["queued", "running", "ready", "failed", "canceled"] }).notNull(),
    /** The draft whose question it answers, by which later questions cancel earlier ones. */
    draftId: text("draft_id"),
    node: text("node").notNull(),
    port: text("port").notNull(),
    heavy: boolean("heavy").notNull().default(false),
    /** The steps to execute, in order, with their sources; null once it is answered. */
    plan: jsonb("plan").$type<unknown>(),
    result: jsonb("result").$type<unknown>(),
    error: jsonb("error").$type<unknown>(),
    /** How far it is while it is computed. */
    progress: jsonb("progress").$type<unknown>(),
    /** Bytes of the result, for keeping the whole table small. */
    resultBytes: integer("result_bytes").notNull().default(0),
    createdAt: createdAt(),
    usedAt: instant("used_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.key] }),
    index("previews_used_idx").on(t.usedAt),
    index("previews_draft_idx").on(t.draftId, t.status),
  ],
);
