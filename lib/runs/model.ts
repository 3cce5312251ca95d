import { z } from "zod";
import { runStatuses } from "#lib/spec/statuses.ts";

/** Runs as the API tells of them. Times are UTC milliseconds. */

export const runStatus = z.enum(runStatuses);

export const runError = z.object({
  /** For programs: `USER_ERROR`, `OUT_OF_MEMORY`, `TIMEOUT`, `ENVIRONMENT_FAILED`, `IMAGE_MISSING`, `INPUT_MISSING`, … */
  code: z.string(),
  /** What stopped, why. */
  message: z.string(),
  /** What to do next. */
  hint: z.string().optional(),
  /** Where in a pipeline's step it went wrong, when its module can tell. */
  parameter: z.string().optional(),
  column: z.string().optional(),
  row: z.string().optional(),
});

export const person = z.object({ id: z.string(), name: z.string(), email: z.string() });

/** A row of the runs list. */
export const runSummary = z.object({
  /** In addresses, and the run's MLflow id. */
  name: z.string(),
  displayName: z.string(),
  experimentName: z.string(),
  type: z.string(),
  status: runStatus,
  /** `studio`: executed by the studio. `mlflow`: reported by a client elsewhere. */
  origin: z.enum(["studio", "mlflow"]),
  compute: z.string().nullable(),
  environment: z.string().nullable(),
  createdBy: person.nullable(),
  /** Who is shown as the user to MLflow clients. */
  userName: z.string(),
  parentName: z.string().nullable(),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  params: z.record(z.string(), z.string()),
  /** The latest value of each metric; null is not a number. */
  metrics: z.record(z.string(), z.number().nullable()),
  error: runError.nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** From the start of the command to the end; of an open run, so far. */
  durationMs: z.number().nullable(),
  archived: z.boolean(),
  deleted: z.boolean(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** A named input or output. */
export const runPort = z.object({
  name: z.string(),
  /** `literal`, or `uri_file`, `uri_folder`, `mltable`, `mlflow_model`, … */
  type: z.string(),
  mode: z.string(),
  /** The text of a literal. */
  value: z.string().nullable(),
  /** As the job names it; of an output that was written, the address by which others read it. */
  uri: z.string(),
  /** The registered thing behind it. */
  asset: z.object({ kind: z.string(), name: z.string(), version: z.string() }).nullable(),
  /** Whether its files can be listed: inputs at once, outputs when the run has ended. */
  available: z.boolean(),
});
export type RunPort = z.infer<typeof runPort>;

export const runAttempt = z.object({
  number: z.number().int(),
  state: z.enum(["queued", "claimed", "ended"]),
  provider: z.string(),
  exitCode: z.number().int().nullable(),
  outcome: z.string().nullable(),
  logSizeBytes: z.number(),
  createdAt: z.number(),
  launchedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
});
export type RunAttempt = z.infer<typeof runAttempt>;

/** Everything about one run but its logs, metrics and files. */
export const runDetails = runSummary.extend({
  command: z.string().nullable(),
  /** The job with its defaults, in the words of the file; null for a run of a client elsewhere. */
  job: z.record(z.string(), z.unknown()).nullable(),
  /** The YAML as it was sent. */
  specText: z.string().nullable(),
  inputs: z.array(runPort),
  outputs: z.array(runPort),
  /** The folder that the command ran in; reuse it by giving its digest as `code` of a new run. */
  snapshot: z.object({ digest: z.string(), fileCount: z.number().int(), sizeBytes: z.number() }).nullable(),
  attempts: z.array(runAttempt),
  exitCode: z.number().int().nullable(),
  /** What the run may use; absent limits are null. */
  limits: z.object({
    cpus: z.number().nullable(),
    memoryMib: z.number().nullable(),
    timeoutMs: z.number().nullable(),
  }),
  /** How many runs are ahead in the queue of its compute; null when it does not wait. */
  queuePosition: z.number().int().nullable(),
  properties: z.record(z.string(), z.string()),
  childCount: z.number().int(),
  cancelRequestedAt: z.number().nullable(),
  canceledBy: person.nullable(),
  studioUrl: z.string(),
  experimentId: z.string(),
});
export type RunDetails = z.infer<typeof runDetails>;

/** One entry of the append-only history of a run. */
export const runEvent = z.object({
  id: z.number().int(),
  /** The status entered, or `note` for progress inside one. */
  event: z.string(),
  reason: z.string(),
  data: z.record(z.string(), z.unknown()),
  attempt: z.number().int().nullable(),
  at: z.number(),
});
export type RunEvent = z.infer<typeof runEvent>;

/** A file that was uploaded before, as an input of a new run: a folder by its tree, or one file by its content. */
export const upload = z.union([
  z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), fileName: z.string().min(1).max(255) }),
]);
export type Upload = z.infer<typeof upload>;

/** What a run is made from. Uploads replace the local paths of the job, which a server cannot read. */
export const newRun = z.object({
  /** The job: YAML, or the mapping that it stands for. */
  spec: z.union([z.string().max(1024 * 1024), z.record(z.string(), z.unknown())]),
  /** The name of the file in errors. */
  fileName: z.string().max(255).optional(),
  /** `a.b=value`, applied to the job before it is checked. */
  set: z.array(z.string()).max(200).optional(),
  /** The tree that is the working directory. */
  code: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "must be the digest of a tree")
    .optional(),
  /** Input name → what was uploaded for it. */
  uploads: z.record(z.string(), upload).optional(),
});
export type NewRun = z.infer<typeof newRun>;

/** Which files of a run: those it wrote by path, its code, or those of a named output or input. */
export const fileSetName = z
  .string()
  .regex(
    /^(artifacts|code|outputs\.[\w.]+|inputs\.[\w.]+)$/,
    "must be artifacts, code, outputs.<name> or inputs.<name>",
  );

export const fileEntry = z.object({ path: z.string(), sizeBytes: z.number() });

export const usageSample = z.object({
  at: z.number(),
  /** 100 is one core. */
  cpuPercent: z.number(),
  memoryMib: z.number(),
});
