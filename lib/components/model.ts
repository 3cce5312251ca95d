import { z } from "zod";
import { assetSummary, assetVersionSummary } from "#lib/assets/model.ts";
import {
  dataTypes,
  isLiteralType,
  type LiteralType,
  literalTypes,
  modelTypes,
  moduleTypes,
} from "#lib/spec/kinds/data-types.ts";

/** What a step is made of: typed ports and parameters. Modules, command components and pipeline components share it. */

export const literal = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Literal = z.infer<typeof literal>;

/** Types of files. */
export const portTypes = [...moduleTypes, ...dataTypes, ...modelTypes] as const;
/** An output of a command may also be one value, which the command writes to a file. */
export const portType = z.enum([...portTypes, ...literalTypes]);
export type PortType = z.infer<typeof portType>;

/** Whether an output of this type is a value, for the parameters of steps that follow. */
export function isValueType(type: string): type is LiteralType {
  return isLiteralType(type);
}

export const parameterTypes = ["string", "integer", "number", "boolean"] as const;
export type ParameterType = (typeof parameterTypes)[number];

export const widgets = [
  "text",
  "textarea",
  "python",
  "sql",
  "columns",
  "column",
  "column_list",
  "number_list",
  "datastore_path",
] as const;

export const portDefinition = z.object({
  name: z.string(),
  displayName: z.string(),
  type: portType,
  optional: z.boolean(),
  description: z.string(),
  /** How the files of a command component's port reach it, where it says so. */
  mode: z.exactOptional(z.string()),
});
export type PortDefinition = z.infer<typeof portDefinition>;

export const parameterDefinition = z.object({
  name: z.string(),
  displayName: z.string(),
  type: z.enum(parameterTypes),
  default: z.exactOptional(literal),
  optional: z.boolean(),
  min: z.exactOptional(z.number()),
  max: z.exactOptional(z.number()),
  enum: z.exactOptional(z.array(z.string())),
  /** What a value of `enum` is called on forms. */
  labels: z.exactOptional(z.record(z.string(), z.string())),
  description: z.string(),
  widget: z.exactOptional(z.enum(widgets)),
  /** The input port whose columns it speaks of. */
  from: z.exactOptional(z.string()),
  /** Shown while each of these parameters has one of its values. */
  visibleWhen: z.exactOptional(z.record(z.string(), z.array(literal))),
  advanced: z.boolean(),
});
export type ParameterDefinition = z.infer<typeof parameterDefinition>;

/** How a module becomes part of an inference graph; see the designer. Keys beside `role` depend on it. */
export const inferenceRule = z.looseObject({
  role: z.enum(["source", "drop", "transform", "train", "score", "keep"]),
});
export type InferenceRule = z.infer<typeof inferenceRule>;

export const componentKinds = ["module", "command", "pipeline"] as const;

/** What the palette, the inspector and the checks of a graph know of a component. */
export const componentDefinition = z.object({
  kind: z.enum(componentKinds),
  name: z.string(),
  version: z.string(),
  displayName: z.string(),
  description: z.string(),
  /** Markdown. */
  help: z.string(),
  /** A group of the palette: the folder of a module, `components` for those of the workspace. */
  category: z.string(),
  /** A lucide icon, in kebab case. */
  icon: z.string(),
  isDeterministic: z.boolean(),
  /** Heavy ones are previewed on request only. */
  cost: z.enum(["light", "heavy"]),
  inputs: z.array(portDefinition),
  parameters: z.array(parameterDefinition),
  outputs: z.array(portDefinition),
  inference: z.exactOptional(inferenceRule),
  /** SHA-256 of all that decides what a step of it does. */
  digest: z.string(),
  /** What a node writes in `component:`. */
  ref: z.string(),
});
export type ComponentDefinition = z.infer<typeof componentDefinition>;

/** One version of a component of the workspace. */
export const componentVersion = assetVersionSummary.extend({
  name: z.string(),
  definition: componentDefinition,
  /** The component file as it was sent. */
  specText: z.string().nullable(),
  /** The component with its defaults, in the words of the file. */
  spec: z.record(z.string(), z.unknown()),
  /** The tree of its code folder. */
  codeDigest: z.string().nullable(),
});
export type ComponentVersion = z.infer<typeof componentVersion>;

/** One component in a list, with its newest version's interface. */
export const componentSummary = assetSummary.extend({
  kind: z.enum(componentKinds),
  definition: componentDefinition.nullable(),
});
export type ComponentSummary = z.infer<typeof componentSummary>;

/** Something that uses a component. */
export const componentUse = z.object({
  kind: z.enum(["run", "draft", "component"]),
  /** The run's name, the draft's id, the component's `name:version`. */
  name: z.string(),
  displayName: z.string(),
  /** The version in use; null where the use names none. */
  version: z.string().nullable(),
  nodes: z.array(z.string()),
  at: z.number(),
});
export type ComponentUse = z.infer<typeof componentUse>;

/** The registry that the studio's own modules are found in. */
export const moduleRegistry = "atelier";

export function moduleRef(name: string): string {
  return `azureml://registries/${moduleRegistry}/components/${name}`;
}

/** Groups of the palette in their order: folder of `modules/` → title. */
export const moduleGroups: readonly { name: string; title: string }[] = [
  { name: "data_input_output", title: "Data input and output" },
  { name: "data_transformation", title: "Data transformation" },
  { name: "feature_selection", title: "Feature selection" },
  { name: "statistics", title: "Statistics" },
  { name: "regression", title: "Regression" },
  { name: "clustering", title: "Clustering" },
  { name: "classification", title: "Classification" },
  { name: "training", title: "Training" },
  { name: "scoring_evaluation", title: "Scoring and evaluation" },
  { name: "python", title: "Python" },
  { name: "anomaly_detection", title: "Anomaly detection" },
  { name: "web_service", title: "Web service" },
];

/** The group of components that people of the workspace made. */
export const ownComponentGroup = "components";

export type Connection = { ok: true } | { ok: false; reason: string };

const nouns: Record<PortType, string> = {
  data_frame: "a table",
  untrained_model: "an untrained model",
  trained_model: "a trained model",
  transform: "a transform",
  uri_file: "a file",
  uri_folder: "a folder",
  mltable: "a table (MLTable)",
  mlflow_model: "an MLflow model",
  custom_model: "a model",
  triton_model: "a Triton model",
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
};

/** What a type is called in sentences: “a table”. */
export function describePortType(type: PortType): string {
  return nouns[type];
}

/** A value is a file with one line for a step that takes files. */
const asFile: readonly PortType[] = ["uri_file", "uri_folder"];

/** Beside equal types, what may feed what. A step sees files either way, so plain files are let through generously. */
const feeds: Partial<Record<PortType, readonly PortType[]>> = {
  data_frame: ["uri_file", "uri_folder", "mltable"],
  uri_file: ["data_frame", "uri_folder", "mltable", "custom_model"],
  uri_folder: ["data_frame", "uri_file", "mltable", ...modelTypes],
  mltable: ["data_frame", "uri_file", "uri_folder"],
  trained_model: ["custom_model", "uri_folder"],
  untrained_model: ["uri_folder"],
  transform: ["custom_model", "uri_folder"],
  mlflow_model: ["custom_model", "uri_folder"],
  triton_model: ["custom_model", "uri_folder"],
  // A trained model and a fitted transform are registered as custom models, and come back as such.
  custom_model: ["uri_folder", "trained_model", "transform"],
  string: asFile,
  integer: ["number", "string", ...asFile],
  number: ["string", ...asFile],
  boolean: ["string", ...asFile],
};

/** Whether an output of one type may feed an input of another, or why not. */
export function canConnect(from: PortType, to: PortType): Connection {
  if (from === to || feeds[from]?.includes(to)) return { ok: true };
  return { ok: false, reason: `Needs ${nouns[to]}, this is ${nouns[from]}` };
}
