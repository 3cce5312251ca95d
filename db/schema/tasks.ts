import { bigint, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";

/** A small piece of background work (profile a dataset, build an environment), claimed with a lease and a fence. */
export const tasks = pgTable(
  "tasks",
  {
    id: idColumn(),
    workspaceId: text("workspace_id"),
    kind: text("kind").notNull(),
    /** Two tasks with the same kind and key are one while the first is unfinished. */
    key: text("key").notNull(),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    status: text("status", { enum: ["queued", "running", "completed", "failed"] })
      .notNull()
      .default("queued"),
    attempts: integer("attempts").notNull().default(0),
    maxAttempts: integer("max_attempts").notNull().default(3),
    /** Raised at each claim; a write that carries an older one changes nothing. */
    fence: bigint("fence", { mode: "number" }).notNull().default(0),
    leaseOwner: text("lease_owner"),
    leaseExpiresAt: instant("lease_expires_at"),
    runAfter: instant("run_after").notNull().defaultNow(),
    error: text("error"),
    createdAt: createdAt(),
    finishedAt: instant("finished_at"),
  },
  (t) => [index("tasks_claim_idx").on(t.status, t.runAfter), index("tasks_key_idx").on(t.kind, t.key)],
);
