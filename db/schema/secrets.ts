import { pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn } from "./columns.ts";
import { workspaces } from "./workspaces.ts";

/** A value sealed with its own data key, which is sealed with the master key that lives outside the database. */
export const secrets = pgTable(
  "secrets",
  {
    id: idColumn(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** AES-256-GCM, base64: nonce, cipher text, tag. Bound to workspace and name. */
    sealedValue: text("sealed_value").notNull(),
    sealedKey: text("sealed_key").notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("secrets_name_key").on(t.workspaceId, t.name)],
);
