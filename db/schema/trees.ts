import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

export interface TreeFile {
  /** Relative, with forward slashes. */
  path: string;
  sha256: string;
  sizeBytes: number;
}

/** A folder by content: the SHA-256 of its sorted file list. Snapshots, uploaded models and step outputs are trees. */
export const trees = pgTable(
  "trees",
  {
    workspaceId: text("workspace_id").notNull(),
    digest: text("digest").notNull(),
    files: jsonb("files").$type<TreeFile[]>().notNull(),
    fileCount: integer("file_count").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    createdAt: createdAt(),
    /** Set while only previews have made it: when last. Such a folder goes with the previews it was made for. */
    transientAt: instant("transient_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.digest] }),
    index("trees_transient_idx").on(t.transientAt).where(sql`${t.transientAt} is not null`),
  ],
);
