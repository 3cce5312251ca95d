import { bigint, index, pgEnum, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { loggedModels } from "./logged-models.ts";
import { runs } from "./runs.ts";

export const modelDirection = pgEnum("model_direction", ["input", "output"]);

/** A model that MLflow 3 logged, as something that a run made or used. */
export const runModels = pgTable(
  "run_models",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    direction: modelDirection("direction").notNull(),
    modelId: text("model_id")
      .notNull()
      .references(() => loggedModels.id, { onDelete: "cascade" }),
    step: bigint("step", { mode: "number" }).notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.direction, t.modelId] }),
    index("run_models_model_idx").on(t.modelId),
  ],
);
