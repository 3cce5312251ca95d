import { doublePrecision, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** What an attempt used, about one sample a second. */
export const runUsage = pgTable(
  "run_usage",
  {
    attemptId: text("attempt_id").notNull(),
    at: instant("at").notNull(),
    /** 100 = one core. */
    cpuPercent: doublePrecision("cpu_percent").notNull(),
    memoryMib: doublePrecision("memory_mib").notNull(),
  },
  (t) => [primaryKey({ columns: [t.attemptId, t.at] })],
);
