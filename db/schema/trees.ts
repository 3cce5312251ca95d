import { bigint, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";

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
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.digest] })],
);
