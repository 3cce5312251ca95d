import { bigint, boolean, doublePrecision, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { runs } from "./runs.ts";

/** Every point that was logged. The same point twice is one point, so a client may send it again. */
export const metrics = pgTable(
  "metrics",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    step: bigint("step", { mode: "number" }).notNull(),
    /** Milliseconds since 1970, as the client gave them. */
    timestamp: bigint("timestamp", { mode: "number" }).notNull(),
    value: doublePrecision("value").notNull(),
    isNan: boolean("is_nan").notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.runId, t.key, t.step, t.timestamp, t.value, t.isNan] })],
);

/** The point of each metric with the greatest (step, timestamp, value): what lists show and searches compare. */
export const latestMetrics = pgTable(
  "latest_metrics",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    step: bigint("step", { mode: "number" }).notNull(),
    timestamp: bigint("timestamp", { mode: "number" }).notNull(),
    value: doublePrecision("value").notNull(),
    isNan: boolean("is_nan").notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.runId, t.key] }), index("latest_metrics_value_idx").on(t.key, t.value)],
);
