import { z } from "zod";
import { tableColumn } from "#lib/tables/model.ts";

/** What the studio can show of an output of a run beside its files. Times are UTC milliseconds. */

export const columnRoles = ["feature", "label", "score", "none"] as const;

/** What a module says of a column beside its name and type. */
export const columnMeaning = z.object({
  role: z.enum(columnRoles),
  categorical: z.boolean(),
});
export type ColumnMeaning = z.infer<typeof columnMeaning>;

export const outputTable = z.object({
  columns: z.array(tableColumn),
  rowCount: z.number().int(),
  /** By the name of the column; empty when no module wrote the table. */
  meanings: z.record(z.string(), columnMeaning),
});
export type OutputTable = z.infer<typeof outputTable>;

export const outputView = z.object({
  name: z.string(),
  /** The port's type: `data_frame`, `trained_model`, `uri_folder`, … */
  type: z.string(),
  /** Whether its files are there. */
  available: z.boolean(),
  /** The address by which others read it: what registering takes. */
  path: z.string(),
  fileCount: z.number().int(),
  sizeBytes: z.number(),
  table: outputTable.nullable(),
  /** Paths of the pictures in it, the first twelve. */
  pictures: z.array(z.string()),
  /** Evaluate Model wrote it. */
  hasEvaluation: z.boolean(),
  /** Train Model told which columns the model relies on. */
  hasExplanations: z.boolean(),
  /** What `model.json` says, where a module wrote a model. */
  model: z
    .object({
      task: z.string(),
      learner: z.string(),
      label: z.string().nullable(),
      classes: z.array(z.string()),
      featureCount: z.number().int(),
    })
    .nullable(),
});
export type OutputView = z.infer<typeof outputView>;
