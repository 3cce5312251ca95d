import { sql } from "drizzle-orm";
import { customType, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => "bytea",
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => new Uint8Array(value),
});

/** A pipeline that is being drawn. People edit its shared state; its text is what that state reads as. */
export const drafts = pgTable(
  "drafts",
  {
    id: idColumn(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    text: text("text").notNull(),
    /** The Yjs update of the whole document, by which clients that were away are merged. */
    state: bytes("state").notNull(),
    /** Rises at each change of the state, so that the web processes notice each other's. */
    revision: integer("revision").notNull().default(1),
    /** The number of the newest version. */
    version: integer("version").notNull().default(1),
    nodeCount: integer("node_count").notNull().default(0),
    /** References in the text to components, datasets, models and environments, as written. */
    references: text("references").array().notNull().default([]),
    createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
    updatedBy: text("updated_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    index("drafts_list_idx").on(t.workspaceId, t.updatedAt, t.id),
    index("drafts_created_idx").on(t.workspaceId, t.createdAt, t.id),
    // Names are listed without regard to case.
    index("drafts_name_idx").on(t.workspaceId, sql`lower(${t.name})`, t.id),
  ],
);

/** What a person filled in at the last submit of a draft. */
export const draftSubmits = pgTable(
  "draft_submits",
  {
    draftId: text("draft_id")
      .notNull()
      .references(() => drafts.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    memory: jsonb("memory").$type<Record<string, unknown>>().notNull(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.draftId, t.userId] })],
);
