import { index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { users } from "./users.ts";
import { workspaceRole } from "./workspace-members.ts";
import { workspaces } from "./workspaces.ts";

/** A link that lets its holder join a workspace with a role, until it expires, is used or is revoked. */
export const invites = pgTable(
  "invites",
  {
    id: idColumn(),
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    role: workspaceRole("role").notNull(),
    /** When set, only this address may accept. */
    email: text("email"),
    tokenHash: text("token_hash").notNull().unique(),
    createdBy: text("created_by")
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
    acceptedBy: text("accepted_by").references(() => users.id),
    acceptedAt: instant("accepted_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("invites_workspace_idx").on(t.workspaceId, t.createdAt)],
);
