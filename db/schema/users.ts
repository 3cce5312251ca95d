import { sql } from "drizzle-orm";
import { boolean, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";

/** A person who can sign in. */
export const users = pgTable(
  "users",
  {
    id: idColumn(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    /** argon2id, in PHC form; null for a person who never set one. */
    passwordHash: text("password_hash"),
    isAdmin: boolean("is_admin").notNull().default(false),
    /** Raised to end every session of this person. */
    sessionVersion: integer("session_version").notNull().default(1),
    createdAt: createdAt(),
    lastSeenAt: instant("last_seen_at"),
    disabledAt: instant("disabled_at"),
  },
  (t) => [uniqueIndex("users_email_key").on(sql`lower(${t.email})`)],
);
