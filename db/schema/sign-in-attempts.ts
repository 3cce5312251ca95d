import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** Wrong tries per e-mail address, known or not, so that guessing slows down. */
export const signInAttempts = pgTable("sign_in_attempts", {
  /** The e-mail address in lower case. */
  key: text("key").primaryKey(),
  failedCount: integer("failed_count").notNull(),
  lastFailedAt: instant("last_failed_at").notNull(),
  blockedUntil: instant("blocked_until"),
});
