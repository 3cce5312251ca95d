import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

/** A model as MLflow 3 logs it: its own identity beside the run that made it, before any registration. */
export const loggedModels = pgTable(
  "logged_models",
  {
    /** `m-` and 32 hex digits. */
    id: text("id").primaryKey(),
    workspaceId: text("workspace_id").notNull(),
    experimentNumber: bigint("experiment_number", { mode: "number" }).notNull(),
    name: text("name").notNull(),
    modelType: text("model_type").notNull().default(""),
    status: text("status").notNull(),
    sourceRunId: text("source_run_id"),
    step: bigint("step", { mode: "number" }).notNull().default(0),
    params: jsonb("params").$type<Record<string, string>>().notNull().default({}),
    tags: jsonb("tags").$type<Record<string, string>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    index("logged_models_workspace_idx").on(t.workspaceId, t.createdAt),
    index("logged_models_run_idx").on(t.sourceRunId),
  ],
);
