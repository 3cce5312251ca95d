import { bigint, customType, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** A piece of a running attempt's log at its byte offset. Moved to the object store when the attempt ends. */
export const logChunks = pgTable(
  "log_chunks",
  {
    attemptId: text("attempt_id").notNull(),
    offsetBytes: bigint("offset_bytes", { mode: "number" }).notNull(),
    content: bytea("content").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.attemptId, t.offsetBytes] })],
);
