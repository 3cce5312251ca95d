import { index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

/** A bearer token. One with a workspace works there only; one with a run is that run's own and ends with it. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: idColumn(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** SHA-256 of the token, in hex; the token itself is shown once and kept nowhere. */
    tokenHash: text("token_hash").notNull().unique(),
    workspaceId: text("workspace_id").references(() => workspaces.id, { onDelete: "cascade" }),
    runId: text("run_id"),
    createdAt: createdAt(),
    expiresAt: instant("expires_at"),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("api_tokens_user_idx").on(t.userId, t.createdAt), index("api_tokens_run_idx").on(t.runId)],
);
