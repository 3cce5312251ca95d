import { bigint, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";

/** A file in the object store under its SHA-256, known to one workspace. */
export const blobs = pgTable(
  "blobs",
  {
    workspaceId: text("workspace_id").notNull(),
    sha256: text("sha256").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sha256] })],
);
