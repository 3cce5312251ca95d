import { z } from "zod";

/** What a warm worker (`python -m atelier_modules.worker`) is asked and answers. */

export const workerPort = 8791;

/** A file as a worker knows it, and as `lib/files` keeps it. */
export const workerFile = z.object({ path: z.string(), sha256: z.string(), sizeBytes: z.number() });
export type WorkerFile = z.infer<typeof workerFile>;

/** What lies at an input of a step: a folder, or one file with its name. */
export type WorkerInput = { tree: string } | { blob: string; fileName: string };

export interface StepRequest {
  id: string;
  module: string;
  parameters: Record<string, unknown>;
  inputs: Record<string, WorkerInput>;
  outputs: string[];
  seed: number | null;
  timeoutMs: number | null;
  memoryMib: number | null;
  /** Only the first rows of every table that comes from outside. */
  sample: { rows: number } | null;
}

const text = z.string().nullish();

export const stepFailure = z.object({
  /** `MODULE_ERROR` (what it was given is at fault), `OUT_OF_MEMORY`, `TIMEOUT`, `CANCELED`, `BUG`. */
  code: z.string(),
  message: z.string(),
  hint: text,
  parameter: text,
  column: text,
  row: z.union([z.number(), z.string()]).nullish(),
  traceback: text,
});
export type StepFailure = z.infer<typeof stepFailure>;

export const stepProgress = z.object({
  done: z.number(),
  of: z.number().nullish(),
  unit: z.string().nullish(),
});

export const stepDone = z.object({
  outputs: z.record(z.string(), z.object({ files: z.array(workerFile) })),
  seconds: z.number(),
});
export type StepDone = z.infer<typeof stepDone>;

/** One line of the answer to a step. NaN and the infinities of a metric come as text. */
export const stepEvent = z.object({
  log: z.string().optional(),
  progress: stepProgress.optional(),
  metric: z
    .object({ key: z.string(), value: z.union([z.number(), z.string()]), step: z.number().nullish() })
    .optional(),
  fact: z.string().optional(),
  done: stepDone.optional(),
  failed: stepFailure.optional(),
});
export type StepEvent = z.infer<typeof stepEvent>;

export const missingInputs = z.object({
  missing: z.union([
    z.array(z.string()),
    z.object({ trees: z.array(z.string()).default([]), blobs: z.array(z.string()).default([]) }),
  ]),
});

export const workerHealth = z.object({
  ready: z.boolean(),
  /** Steps since it started; what idle means is read from it. */
  steps: z.number().default(0),
  /** Steps under way. */
  running: z.number().default(0),
});
