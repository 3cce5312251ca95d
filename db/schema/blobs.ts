import { sql } from "drizzle-orm";
import { bigint, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

/** A file in the object store under its SHA-256, known to one workspace. */
export const blobs = pgTable(
  "blobs",
  {
    workspaceId: text("workspace_id").notNull(),
    sha256: text("sha256").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    createdAt: createdAt(),
    /** Set while only previews have stored it: when last. Whoever else stores the same content clears it. */
    transientAt: instant("transient_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.sha256] }),
    index("blobs_transient_idx").on(t.transientAt).where(sql`${t.transientAt} is not null`),
  ],
);
