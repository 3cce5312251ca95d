import { sql } from "drizzle-orm";
import { bigint, foreignKey, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, idColumn, instant } from "./columns.ts";
import { experiments } from "./experiments.ts";

/** Why a run did not complete: a code for programs, a sentence for people, what to do next. */
export interface RunError {
  code: string;
  message: string;
  hint?: string;
  /** Where in the step it went wrong, when a module can tell. */
  parameter?: string;
  column?: string;
  row?: string;
}

/** How far a step says it is. `of` is null when the end is not known. */
export interface RunProgress {
  done: number;
  of: number | null;
  unit: string;
}

/** The environment that a run was given, as it was when it was given: what it is called and what it is made of. */
export interface RunEnvironment {
  name: string;
  digest: string;
  /** Parsed by `lib/environments`. */
  definition: Record<string, unknown>;
}

/** One execution. `name` is shown in addresses and is the run's MLflow id. */
export const runs = pgTable(
  "runs",
  {
    id: idColumn(),
    workspaceId: text("workspace_id").notNull(),
    name: text("name").notNull(),
    displayName: text("display_name").notNull(),
    experimentNumber: bigint("experiment_number", { mode: "number" }).notNull(),
    type: text("type").notNull(),
    status: text("status").notNull(),
    /** `studio`: the runner executes it. `mlflow`: a client elsewhere does and reports. */
    origin: text("origin", { enum: ["studio", "mlflow"] }).notNull(),
    parentRunId: text("parent_run_id"),
    rootRunId: text("root_run_id").notNull(),
    /** The normalised job of `lib/spec`; null for a run of a client elsewhere. */
    spec: jsonb("spec").$type<Record<string, unknown>>(),
    /** The YAML as it was sent. */
    specText: text("spec_text"),
    /** The tree that was the working directory. */
    snapshotDigest: text("snapshot_digest"),
    environmentVersionId: text("environment_version_id"),
    environment: jsonb("environment").$type<RunEnvironment>(),
    compute: text("compute"),
    description: text("description").notNull().default(""),
    /** The pipeline's step that this run is; outer and inner names joined by dots. */
    nodeName: text("node_name"),
    /** Component, parameters, contents of the inputs and environment in one hash: equal keys give equal outputs. */
    stepKey: text("step_key"),
    /** The run whose outputs this one took instead of running. */
    reusedRunId: text("reused_run_id"),
    /** The plan of a pipeline (`lib/pipelines`), fixed when it was sent. */
    plan: jsonb("plan").$type<Record<string, unknown>>(),
    /** What a step has to say for itself, in a few words: `6 columns, 9,258 cells`. */
    fact: text("fact"),
    progress: jsonb("progress").$type<RunProgress>(),
    error: jsonb("error").$type<RunError>(),
    exitCode: integer("exit_code"),
    /** Who is shown as the user to MLflow clients. */
    userName: text("user_name").notNull().default(""),
    createdBy: text("created_by"),
    createdAt: createdAt(),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    cancelRequestedAt: instant("cancel_requested_at"),
    canceledBy: text("canceled_by"),
    archivedAt: instant("archived_at"),
    /** Set by MLflow's delete; restore clears it. */
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    uniqueIndex("runs_name_key").on(t.workspaceId, t.name),
    index("runs_created_idx").on(t.workspaceId, t.createdAt, t.id),
    index("runs_experiment_idx").on(t.workspaceId, t.experimentNumber, t.createdAt),
    index("runs_parent_idx").on(t.parentRunId).where(sql`${t.parentRunId} is not null`),
    index("runs_step_key_idx").on(t.workspaceId, t.stepKey).where(sql`${t.stepKey} is not null`),
    index("runs_open_idx").on(t.status).where(sql`${t.status} not in ('Completed', 'Failed', 'Canceled')`),
    foreignKey({
      columns: [t.workspaceId, t.experimentNumber],
      foreignColumns: [experiments.workspaceId, experiments.number],
    }).onDelete("cascade"),
  ],
);
