import { bigint, boolean, doublePrecision, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { loggedModels } from "./logged-models.ts";
import { runs } from "./runs.ts";

/** What a run measured of a logged model, perhaps on a data set: the latest value for each. */
export const loggedModelMetrics = pgTable(
  "logged_model_metrics",
  {
    modelId: text("model_id")
      .notNull()
      .references(() => loggedModels.id, { onDelete: "cascade" }),
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    /** Empty when the value is not bound to a data set. */
    datasetName: text("dataset_name").notNull().default(""),
    datasetDigest: text("dataset_digest").notNull().default(""),
    step: bigint("step", { mode: "number" }).notNull(),
    timestamp: bigint("timestamp", { mode: "number" }).notNull(),
    value: doublePrecision("value").notNull(),
    isNan: boolean("is_nan").notNull().default(false),
  },
  (t) => [
    primaryKey({
      name: "logged_model_metrics_pk",
      columns: [t.modelId, t.runId, t.key, t.datasetName, t.datasetDigest],
    }),
    index("logged_model_metrics_run_idx").on(t.runId),
  ],
);
