import { bigint, doublePrecision, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** Requests of one deployment in one minute. */
export const endpointStats = pgTable(
  "endpoint_stats",
  {
    endpointId: text("endpoint_id").notNull(),
    deployment: text("deployment").notNull(),
    minute: instant("minute").notNull(),
    requestCount: bigint("request_count", { mode: "number" }).notNull(),
    errorCount: bigint("error_count", { mode: "number" }).notNull(),
    latencyMsSum: doublePrecision("latency_ms_sum").notNull(),
    latencyMsMax: doublePrecision("latency_ms_max").notNull(),
    /** Counts per bucket; the bounds are in `lib/endpoints/latency.ts`. */
    latencyBuckets: integer("latency_buckets").array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.endpointId, t.deployment, t.minute] })],
);
