import { boolean, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** What the runner last saw of each provider; the web process never asks an engine itself. */
export const computeStatus = pgTable("compute_status", {
  provider: text("provider").primaryKey(),
  available: boolean("available").notNull(),
  reason: text("reason").notNull().default(""),
  cpus: integer("cpus").notNull().default(0),
  memoryMib: integer("memory_mib").notNull().default(0),
  seenAt: instant("seen_at").notNull(),
});
