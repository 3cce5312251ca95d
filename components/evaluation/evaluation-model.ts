import { z } from "zod";

/** `evaluation.json`, as the Evaluate Model module writes it. What a task has no use for is left out. */

const numbers = z.array(z.number());
const labelText = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const curves = z.object({ thresholds: numbers, tp: numbers, fp: numbers, tn: numbers, fn: numbers });
/** Counts of both classes when rows from `thresholds[i]` on are called positive; thresholds ascend. */
export type Curves = z.infer<typeof curves>;

const scoreHistogram = z.object({ edges: numbers, negative: numbers, positive: numbers });
export type ScoreHistogram = z.infer<typeof scoreHistogram>;

/** `found` is the share of all positives. */
const liftPoint = z.object({ share: z.number(), lift: z.number(), found: z.number() });
export type LiftPoint = z.infer<typeof liftPoint>;

const confusion = z.object({ labels: z.array(labelText), counts: z.array(numbers) });
/** Rows are what was, columns what was predicted. */
export type Confusion = z.infer<typeof confusion>;

/** The histogram is of predicted minus actual. */
const residuals = z.object({
  edges: numbers,
  counts: numbers,
  /** `[actual, predicted]`, at most 2,000 rows. */
  points: z.array(z.tuple([z.number(), z.number()])).default([]),
});
export type Residuals = z.infer<typeof residuals>;

const cluster = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const classMeasures = z.object({
  label: z.string(),
  rows: z.number(),
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
});
export type ClassMeasures = z.infer<typeof classMeasures>;

const evaluationInput = z.object({
  name: z.string(),
  learner: z.string().nullish(),
  rows: z.number(),
  positives: z.number().nullish(),
  metrics: z.record(z.string(), z.number().nullable()),
  curves: curves.nullish(),
  histogram: scoreHistogram.nullish(),
  lift: z.array(liftPoint).nullish(),
  confusion: confusion.nullish(),
  residuals: residuals.nullish(),
  clusters: z.array(cluster).nullish(),
  positiveLabel: z.string().nullish(),
  /** Of several classes, each by itself. */
  classes: z.array(classMeasures).nullish(),
});
export type EvaluationInput = z.infer<typeof evaluationInput>;

export const evaluation = z.object({
  version: z.literal(1),
  task: z.enum(["binary", "multiclass", "regression", "clustering"]),
  inputs: z.array(evaluationInput).min(1).max(2),
});
export type Evaluation = z.infer<typeof evaluation>;
