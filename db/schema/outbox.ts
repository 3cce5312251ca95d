import { sql } from "drizzle-orm";
import { bigint, bigserial, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";

/**
 * One row per change that somebody may be watching, written in the transaction of the change. A reader resumes after the
 * last (txid, id) it saw and reads only rows older than every open transaction, so that a slow writer's row is not skipped.
 */
export const outbox = pgTable(
  "outbox",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    txid: bigint("txid", { mode: "number" }).notNull().default(sql`(pg_current_xact_id()::text::bigint)`),
    workspaceId: text("workspace_id").notNull(),
    /** What changed: `run`, `dataset`, `endpoint`, … */
    kind: text("kind").notNull(),
    /** The name by which pages know it. */
    name: text("name").notNull(),
    /** What happened: `created`, `status`, `metrics`, … */
    event: text("event").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [index("outbox_order_idx").on(t.txid, t.id), index("outbox_created_idx").on(t.createdAt)],
);
