import { index, integer, jsonb, pgEnum, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { workspaces } from "./workspaces.ts";

export const assetKind = pgEnum("asset_kind", ["dataset", "model", "environment", "component"]);

/** A named thing with versions. The row is locked while a version number is handed out. */
export const assets = pgTable(
  "assets",
  {
    id: idColumn(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    kind: assetKind("kind").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    tags: jsonb("tags").$type<Record<string, string>>().notNull().default({}),
    /** The highest number handed out so far; never reused, also after a version is deleted. */
    lastNumber: integer("last_number").notNull().default(0),
    createdBy: text("created_by"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    uniqueIndex("assets_name_key").on(t.workspaceId, t.kind, t.name),
    index("assets_updated_idx").on(t.workspaceId, t.kind, t.updatedAt),
  ],
);
