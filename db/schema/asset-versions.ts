import { bigint, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { assets } from "./assets.ts";
import { createdAt, idColumn, instant } from "./columns.ts";

/** Where the files of a version are: a tree (by content), one blob, a prefix of the store, or an address outside. */
export type AssetSource =
  | { kind: "tree"; digest: string }
  | { kind: "blob"; sha256: string; fileName: string; sizeBytes: number }
  | { kind: "prefix"; prefix: string }
  | { kind: "uri"; uri: string }
  | { kind: "none" };

/** One immutable version of an asset. `details` holds what only its kind knows and is parsed by that domain. */
export const assetVersions = pgTable(
  "asset_versions",
  {
    id: idColumn(),
    assetId: text("asset_id")
      .notNull()
      .references(() => assets.id, { onDelete: "cascade" }),
    workspaceId: text("workspace_id").notNull(),
    /** As given, or the next number as text. */
    version: text("version").notNull(),
    /** `uri_file`, `uri_folder`, `mltable`, `mlflow_model`, `custom_model`, `triton_model`, `pip`, `conda`, `image`, … */
    type: text("type").notNull(),
    source: jsonb("source").$type<AssetSource>().notNull(),
    /** The address that was given, or the one by which others refer to the files. */
    path: text("path").notNull().default(""),
    description: text("description").notNull().default(""),
    tags: jsonb("tags").$type<Record<string, string>>().notNull().default({}),
    properties: jsonb("properties").$type<Record<string, string>>().notNull().default({}),
    details: jsonb("details").$type<Record<string, unknown>>().notNull().default({}),
    sizeBytes: bigint("size_bytes", { mode: "number" }),
    /** The run whose output it is. */
    runId: text("run_id"),
    createdBy: text("created_by"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    archivedAt: instant("archived_at"),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    uniqueIndex("asset_versions_version_key").on(t.assetId, t.version),
    index("asset_versions_created_idx").on(t.assetId, t.createdAt),
    index("asset_versions_run_idx").on(t.runId),
  ],
);
