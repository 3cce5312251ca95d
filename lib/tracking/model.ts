import { z } from "zod";

/** The limits of the MLflow protocol, which hold for everybody who tracks. */
export const limits = {
  metricsPerBatch: 1000,
  paramsPerBatch: 100,
  tagsPerBatch: 100,
  entitiesPerBatch: 1000,
  keyLength: 250,
  paramValueLength: 6000,
  tagValueLength: 8000,
  experimentTagValueLength: 5000,
} as const;

export const experimentName = z
  .string()
  .trim()
  .min(1, "is missing")
  .max(500, "may have at most 500 characters");

export const experimentSummary = z.object({
  /** Its number in the workspace; clients call it `experiment_id`. */
  number: z.number().int(),
  name: z.string(),
  tags: z.record(z.string(), z.string()),
  runCount: z.number().int(),
  openRunCount: z.number().int(),
  lastRunAt: z.number().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  deleted: z.boolean(),
});
export type ExperimentSummary = z.infer<typeof experimentSummary>;
