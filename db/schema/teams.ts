import { pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, idColumn } from "./columns.ts";

/** Owns workspaces. Access is granted per workspace. */
export const teams = pgTable("teams", {
  id: idColumn(),
  name: text("name").notNull().unique(),
  createdAt: createdAt(),
});
