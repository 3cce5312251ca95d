import { text, timestamp } from "drizzle-orm/pg-core";

/** An instant, kept as timestamptz with milliseconds and read as a `Date`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

export const createdAt = () => instant("created_at").notNull().defaultNow();

/** A prefixed, time-sortable id made by `newId`. */
export const idColumn = () => text("id").primaryKey();
