import { z } from "zod";
import { literal } from "#lib/components/model.ts";
import { runStatus } from "#lib/runs/model.ts";

/** Drafts of pipelines, their versions and the previews on their ports. Times are UTC milliseconds. */

/** The largest text of a draft, in characters. */
export const maxDraftCharacters = 2 * 1024 * 1024;

export const draftName = z.string().trim().min(1, "must not be empty").max(255);
export const draftText = z.string().max(maxDraftCharacters);

/** The main metric of a step, or of the steps after it, over the runs of a draft; oldest first. */
export const draftTrend = z.object({
  /** Null while no run has one. */
  metric: z.string().nullable(),
  /** The step that it is of. */
  node: z.string(),
  points: z.array(z.object({ run: z.string(), at: z.number(), value: z.number() })),
});
export type DraftTrend = z.infer<typeof draftTrend>;

const author = z.object({ id: z.string(), name: z.string() });

/** What a list of drafts can go by. */
export const draftSorts = ["name", "created", "updated"] as const;
export type DraftSort = (typeof draftSorts)[number];

export const draftSummary = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** The number of the newest version. */
  version: z.number().int(),
  nodeCount: z.number().int(),
  createdBy: author.nullable(),
  updatedBy: author.nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** The newest run that was submitted from it. */
  lastRun: z.object({ name: z.string(), status: runStatus }).nullable(),
});
export type DraftSummary = z.infer<typeof draftSummary>;

/** What the last submit of a person filled in, so that the next one starts with it. */
export const submitMemory = z.object({
  experiment: z.exactOptional(z.string().max(500)),
  displayName: z.exactOptional(z.string().max(255)),
  description: z.exactOptional(z.string().max(10_000)),
  tags: z.exactOptional(z.record(z.string(), z.string())),
  /** Values of pipeline inputs. */
  inputs: z.exactOptional(z.record(z.string(), literal)),
  defaultCompute: z.exactOptional(z.string()),
  forceRerun: z.exactOptional(z.boolean()),
  /** The name of the run that came of it. */
  run: z.exactOptional(z.string()),
});
export type SubmitMemory = z.infer<typeof submitMemory>;

export const draft = draftSummary.extend({
  text: z.string(),
  /** The caller's own. */
  submitMemory,
});
export type Draft = z.infer<typeof draft>;

/** One saved state. Saves within a minute are one version, unless somebody new joins. */
export const draftVersion = z.object({
  number: z.number().int(),
  /** Everybody who edited since the version before; empty when the studio made it. */
  authors: z.array(author),
  at: z.number(),
  /** `Created`, `Restored from version 3`, … ; empty for an ordinary save. */
  note: z.string(),
  nodeCount: z.number().int(),
});
export type DraftVersion = z.infer<typeof draftVersion>;

export const parameterChange = z.object({
  /** Dotted below the node: `inputs.learning_rate`, `compute`, `component`. */
  path: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});

/** What a drawn difference marks. Nodes by name; data nodes and promoted parameters as `inputs.<name>`. */
export const draftDifference = z.object({
  nodes: z.array(
    z.object({
      name: z.string(),
      state: z.enum(["added", "removed", "changed", "moved"]),
      displayName: z.string(),
      /** Where it stood, and where it stands. */
      before: z.tuple([z.number(), z.number()]).nullable(),
      after: z.tuple([z.number(), z.number()]).nullable(),
      changes: z.array(parameterChange),
    }),
  ),
  edges: z.array(
    z.object({
      state: z.enum(["added", "removed"]),
      from: z.string(),
      fromPort: z.string(),
      to: z.string(),
      toPort: z.string(),
    }),
  ),
  /** Outside of nodes: `settings.default_compute`, `display_name`, … */
  settings: z.array(parameterChange),
});
export type DraftDifference = z.infer<typeof draftDifference>;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** Ends of a bar: a number, or a moment as ISO text. */
const edge = z.union([z.number(), z.string()]);

export const columnProfile = z.object({
  name: z.string(),
  /** `string`, `integer`, `double`, `boolean`, `datetime`. */
  type: z.string(),
  categorical: z.boolean(),
  /** `feature`, `label`, `score`, `none`. */
  role: z.string(),
  missing: z.number(),
  unique: z.number().nullable(),
  min: cell,
  max: cell,
  mean: z.number().nullable(),
  histogram: z
    .object({
      kind: z.enum(["numeric", "category"]),
      bins: z.array(
        z.object({
          from: z.exactOptional(edge),
          to: z.exactOptional(edge),
          value: z.exactOptional(cell),
          count: z.number(),
        }),
      ),
      /** Rows whose value has no bar of its own. */
      others: z.number(),
    })
    .nullable(),
});
export type ColumnProfile = z.infer<typeof columnProfile>;

/** What a port shows: a table, or the facts of a model, learner or transform. */
export const previewResult = z.object({
  kind: z.enum(["table", "facts"]),
  /** Rows of the sample's result; of a data node, of the whole dataset. */
  rows: z.number().nullable(),
  /** Whether fewer rows than there are were read. */
  sampled: z.boolean(),
  columns: z.array(columnProfile),
  head: z.array(z.array(z.unknown())),
  sizeBytes: z.number().nullable(),
  /** One short line of the step: “6 columns, 9,258 cells”. */
  fact: z.string().nullable(),
  /** Of a port that holds no table: name and value. */
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Computing time, without waiting. */
  seconds: z.number(),
});
export type PreviewResult = z.infer<typeof previewResult>;

/** The file that a preview's rows are in. */
export const previewTable = z.object({ sha256: z.string(), format: z.enum(["csv", "parquet"]) });
export type PreviewTable = z.infer<typeof previewTable>;

/** As it is kept: with the file, which callers need not know. */
export const storedResult = previewResult.extend({ table: previewTable.nullish() });
export type StoredResult = z.infer<typeof storedResult>;

export const previewError = z.object({
  /** `MODULE_ERROR`, `OUT_OF_MEMORY`, `TIMEOUT`, `NOT_CONNECTED`, `NEEDS_REQUEST`, `NO_WORKER`, … */
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
  /** The node at which it failed: the asked one, or one before it. */
  node: z.string(),
  parameter: z.string().nullable(),
  column: z.string().nullable(),
  row: z.number().nullable(),
});
export type PreviewError = z.infer<typeof previewError>;

export const previewStatuses = ["queued", "running", "ready", "failed", "canceled", "on_request"] as const;
export type PreviewStatus = (typeof previewStatuses)[number];

/** How far a preview is that is not there yet. */
export const previewProgress = z.object({
  /** `queued`: others are computed before it. `starting`: its worker is. `computing`: a step is. */
  phase: z.enum(["queued", "starting", "computing"]),
  /** Previews that come before it. */
  ahead: z.number().int().default(0),
  /** The step that is computed, and its place among those that have to be. */
  node: z.string().default(""),
  step: z.number().int().default(0),
  steps: z.number().int().default(0),
  /** What the step itself says: “248 of 400 trees”. */
  detail: z.string().default(""),
  /** When it was asked for. */
  since: z.number(),
});
export type PreviewProgress = z.infer<typeof previewProgress>;

/** Steps that are not computed while one edits, and the run whose outputs stand for them. */
export const previewOrigin = z.object({
  nodes: z.array(z.string()),
  run: z.string(),
  /** The step's own run, when the port that is shown is one of its outputs. */
  stepRun: z.string().nullable(),
  endedAt: z.number().nullable(),
});
export type PreviewOrigin = z.infer<typeof previewOrigin>;

export const preview = z.object({
  node: z.string(),
  port: z.string(),
  /** Names what is shown: component, parameters, data and all before it. Another key: what is shown is stale. */
  key: z.string(),
  /** `on_request`: a heavy node is on the way; ask again with `heavy`. */
  status: z.enum(previewStatuses),
  result: previewResult.nullable(),
  error: previewError.nullable(),
  /** Heavy nodes that would have to run. */
  heavyNodes: z.array(z.string()),
  progress: previewProgress.nullable(),
  origin: previewOrigin.nullable(),
  /** Whether the rows behind it can be asked in SQL and saved. */
  hasRows: z.boolean(),
});
export type Preview = z.infer<typeof preview>;
