import { z } from "zod";

/** Whether the place behind a target answers, as the runner saw it last. */
export const computeAvailability = z.object({
  available: z.boolean(),
  /** A sentence for people, when not available. */
  reason: z.string(),
  cpus: z.number().int(),
  memoryMib: z.number().int(),
  seenAt: z.number().nullable(),
});

export const computeTarget = z.object({
  name: z.string(),
  /** `docker`: a container for each run. `local`: a process on the studio's machine. */
  provider: z.string(),
  /** Runs at once; the others wait. */
  maxInstances: z.number().int(),
  /** Limits for each run unless the job says otherwise; null: the studio's default. */
  cpus: z.number().int().nullable(),
  memoryMib: z.number().int().nullable(),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  createdAt: z.number(),
  availability: computeAvailability,
  /** Runs that hold a slot, and runs that wait for one. */
  runningCount: z.number().int(),
  queuedCount: z.number().int(),
});
export type ComputeTarget = z.infer<typeof computeTarget>;

/** The target that a job without `compute` runs on, when the workspace has it; else its first. */
export const defaultTargetName = "docker";

/** Names that mean the default target wherever a job comes from. */
export const defaultComputeWords: readonly string[] = ["serverless", "default"];

/** What a run may use when neither the job nor its target says so. */
export const defaultRunLimits = { cpus: 2, memoryMib: 4096 } as const;
