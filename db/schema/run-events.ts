import { bigserial, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { runs } from "./runs.ts";

/** The append-only history of a run: each transition, with its reason. The phase timeline is read from it. */
export const runEvents = pgTable(
  "run_events",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    attemptId: text("attempt_id"),
    /** The status entered, or `note` for progress inside one. */
    event: text("event").notNull(),
    reason: text("reason").notNull().default(""),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    at: instant("at").notNull().defaultNow(),
  },
  (t) => [index("run_events_run_idx").on(t.runId, t.id)],
);
