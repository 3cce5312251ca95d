import { z } from "zod";
import type { AssetSource, RunEnvironment } from "#db/schema/index.ts";
import { componentDefinition, literal, type ParameterDefinition, portType } from "#lib/components/model.ts";
import { runError, runStatus } from "#lib/runs/model.ts";

export type { Literal, PortType } from "#lib/components/model.ts";

/** What an input or a parameter of a node is set to. */
export const binding = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("literal"), value: literal }),
  z.object({ kind: z.literal("pipeline_input"), name: z.string(), mode: z.exactOptional(z.string()) }),
  z.object({
    kind: z.literal("output"),
    node: z.string(),
    port: z.string(),
    mode: z.exactOptional(z.string()),
  }),
  /** Data or a model by any reference; `type` is exact where the document says so. */
  z.object({
    kind: z.literal("data"),
    path: z.string(),
    type: z.exactOptional(portType),
    mode: z.exactOptional(z.string()),
  }),
  /** Text with expressions inside, such as `${{parent.inputs.folder}}/part-1`. */
  z.object({ kind: z.literal("template"), text: z.string(), inputs: z.array(z.string()) }),
]);
export type Binding = z.infer<typeof binding>;

export const nodeOutput = z.object({
  /** Registers the output under this name when the step has completed. */
  name: z.exactOptional(z.string()),
  version: z.exactOptional(z.string()),
  path: z.exactOptional(z.string()),
  mode: z.exactOptional(z.string()),
  type: z.exactOptional(portType),
  /** The output of the pipeline that it is. */
  bound: z.exactOptional(z.string()),
});
export type NodeOutput = z.infer<typeof nodeOutput>;

export const nodeLimits = z.object({ timeoutSeconds: z.exactOptional(z.number()) });

export const graphNode = z.object({
  name: z.string(),
  displayName: z.string(),
  /** `command` for modules too. */
  type: z.enum(["command", "pipeline"]),
  /** Null where the reference means nothing; there is a fault then. */
  component: componentDefinition.nullable(),
  /** As written; empty for a step that is written out in its node. */
  ref: z.string(),
  /** Ports and parameters alike, by name; what is not set is absent. */
  inputs: z.record(z.string(), binding),
  outputs: z.record(z.string(), nodeOutput),
  compute: z.exactOptional(z.string()),
  /** A reference or a definition, in place of the component's. */
  environment: z.exactOptional(z.union([z.string(), z.record(z.string(), z.unknown())])),
  environmentVariables: z.exactOptional(z.record(z.string(), z.unknown())),
  resources: z.exactOptional(z.record(z.string(), z.unknown())),
  distribution: z.exactOptional(z.record(z.string(), z.unknown())),
  limits: z.exactOptional(nodeLimits),
  /** Limits that wait for the inputs of the pipeline. */
  limitsTemplate: z.exactOptional(z.record(z.string(), z.unknown())),
  /** Tries after the first that failed. */
  retries: z.exactOptional(z.number().int()),
  comment: z.exactOptional(z.string()),
  /** A container of its own instead of the warm worker. */
  isolation: z.exactOptional(z.boolean()),
  /** In place of the component's. */
  isDeterministic: z.exactOptional(z.boolean()),
  disabled: z.exactOptional(z.boolean()),
});
export type GraphNode = z.infer<typeof graphNode>;

export const pipelineInput = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("data"),
    type: portType,
    /** Absent: must be given when the pipeline is started. */
    path: z.exactOptional(z.string()),
    mode: z.exactOptional(z.string()),
    optional: z.boolean(),
    description: z.exactOptional(z.string()),
  }),
  z.object({
    kind: z.literal("literal"),
    /** As declared, else as the value is. */
    type: z.enum(["string", "integer", "number", "boolean"]),
    value: z.exactOptional(literal),
    optional: z.boolean(),
    min: z.exactOptional(z.number()),
    max: z.exactOptional(z.number()),
    enum: z.exactOptional(z.array(z.string())),
    description: z.exactOptional(z.string()),
  }),
]);
export type PipelineInput = z.infer<typeof pipelineInput>;

export const pipelineOutput = z.object({
  type: portType,
  mode: z.exactOptional(z.string()),
  path: z.exactOptional(z.string()),
  name: z.exactOptional(z.string()),
  version: z.exactOptional(z.string()),
  /** The step's output that it is; null when none is bound to it. */
  source: z.object({ node: z.string(), port: z.string() }).nullable(),
});
export type PipelineOutput = z.infer<typeof pipelineOutput>;

export const pipelineSettings = z.object({
  defaultCompute: z.exactOptional(z.string()),
  defaultDatastore: z.exactOptional(z.string()),
  /** Steps that do not need the failed one go on. */
  continueOnStepFailure: z.boolean(),
  /** No step is reused. */
  forceRerun: z.boolean(),
  /** The step that runs before all others. */
  onInit: z.exactOptional(z.string()),
  /** The step that runs when all others have ended, even after a failure; not when the pipeline is canceled. */
  onFinalize: z.exactOptional(z.string()),
});
export type PipelineSettings = z.infer<typeof pipelineSettings>;

/** A pipeline as a graph. */
export const pipelineGraph = z.object({
  inputs: z.record(z.string(), pipelineInput),
  outputs: z.record(z.string(), pipelineOutput),
  nodes: z.array(graphNode),
  settings: pipelineSettings,
});
export type PipelineGraph = z.infer<typeof pipelineGraph>;

/** One thing wrong with a pipeline. It can be run when there is none of severity `error`. */
export const fault = z.object({
  node: z.exactOptional(z.string()),
  port: z.exactOptional(z.string()),
  parameter: z.exactOptional(z.string()),
  /** Dotted, in the document: `jobs.train.inputs.x`. */
  path: z.string(),
  message: z.string(),
  severity: z.enum(["error", "warning"]),
  /** Of the text it was read from, from 1. */
  line: z.exactOptional(z.number().int()),
  /** `file:line` where more than one file is concerned. */
  location: z.exactOptional(z.string()),
});
export type Fault = z.infer<typeof fault>;

/** Where an input of a step comes from, fixed when the pipeline was submitted. */
export type PlanSource =
  /** Files that are there already. `uri` is as the job names it (`azureml:bank:3`: labels have become versions). */
  | { kind: "asset"; source: AssetSource; assetVersionId: string | null; uri: string; type: string }
  /** The output of another step of this plan; the step waits for it. */
  | { kind: "output"; node: string; port: string };

export interface PlanInput {
  /** As the component declares the port; of a parameter that is another step's output the type of its value. */
  type: string;
  /** `ro_mount`, `download`, `direct`, … */
  mode: string;
  source: PlanSource;
  /** Of a parameter: what its value must be. It is known when the step before has completed. */
  rules?: Pick<ParameterDefinition, "type" | "optional" | "min" | "max" | "enum">;
}

export interface PlanOutput {
  type: string;
  mode: string;
  /** A data or model asset to make when the step has completed; null version: the next number. */
  register: { name: string; version: string | null } | null;
  /** The output of the whole pipeline that it is, if any: copy its source to the parent's port of this name. */
  pipelineOutput: string | null;
}

/** What a step runs with when it is no module. */
export interface PlanCommand {
  /** As written, expressions in the step's own words; the child run's `spec.command` is the same text. */
  text: string;
  /** The tree that is the working directory; null: an empty one. */
  codeDigest: string | null;
  environmentVariables: Record<string, string>;
  /** As in the job file. */
  distribution: Record<string, unknown> | null;
}

/** One step, with everything that decides what it does fixed. */
export interface PlanNode {
  /** Of the node; inside pipeline components joined by dots: `prepare.clean`. Also the child run's `node_name`. */
  name: string;
  displayName: string;
  /** The child run's name. */
  runName: string;
  kind: "module" | "command";
  /** The module's name when `kind` is module. */
  module: string | null;
  command: PlanCommand | null;
  component: {
    name: string;
    version: string;
    digest: string;
    ref: string;
    /** Of a component of the workspace that was named by the node. */
    assetVersionId: string | null;
  };
  /** Every parameter of the component with the value it has in this run; optional ones that are not set are absent. */
  parameters: Record<string, z.infer<typeof literal>>;
  /** Every input port that has something bound to it. */
  inputs: Record<string, PlanInput>;
  /** Every output port of the component, bound or not. */
  outputs: Record<string, PlanOutput>;
  /** Steps that must complete before this one. */
  needs: string[];
  /** A compute target of the workspace, and its provider. */
  compute: string;
  provider: string;
  /** Goes into the step key as `environment.digest`. */
  environment: RunEnvironment;
  environmentVersionId: string | null;
  limits: { timeoutSeconds: number | null };
  /** As in the job file (`properties.memory`, `instance_count`). */
  resources: Record<string, unknown> | null;
  /** Tries after the first that failed. */
  retries: number;
  /** False: never reused. True does not say that it may be: a random seed of 0 forbids it, see `neverReused`. */
  isDeterministic: boolean;
  /** Asked for a container of its own instead of the warm worker. */
  isolation: boolean;
  /** Length of the longest path from here to an end, in steps (heavy ones count ten); larger runs first. */
  priority: number;
}

/** What a pipeline run executes (`runs.plan`): made once, when it is submitted, and never changed. */
export interface PipelinePlan {
  version: 1;
  /** Of the graph; the same for the same work, whatever the drawing. */
  hash: string;
  settings: PipelineSettings;
  /** In an order in which each step comes after those it needs. */
  nodes: PlanNode[];
  /** Output of the pipeline → the step's output that it is. */
  outputs: Record<string, { node: string; port: string }>;
  /** The graph as the canvas draws it; pipeline components are one node here. */
  graph: PipelineGraph;
}

/** The state of one step in a run, for the canvas. */
export const stepState = z.object({
  /** The node's name, `outer.inner` inside a pipeline component. */
  name: z.string(),
  displayName: z.string(),
  runName: z.string(),
  status: runStatus,
  /** The run whose results this one took, if any. */
  reusedRunName: z.string().nullable(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** A few words of the step itself: “9,258 rows”. */
  fact: z.string().nullable(),
  error: runError.nullable(),
  progress: z.object({ done: z.number(), of: z.number().nullable(), unit: z.string() }).nullable(),
});
export type StepState = z.infer<typeof stepState>;

/** A pipeline run with its graph, as the canvas shows it. */
export const runGraph = z.object({
  run: z.string(),
  status: runStatus,
  graphHash: z.string(),
  graph: pipelineGraph,
  nodes: z.array(stepState),
  /** The `designer` key of the document: positions, groups, comments. */
  designer: z.record(z.string(), z.unknown()).nullable(),
});
export type RunGraph = z.infer<typeof runGraph>;
