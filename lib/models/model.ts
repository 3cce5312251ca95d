import { z } from "zod";
import { assetName, assetSummary, assetVersionSummary, assetVersionText, tags } from "#lib/assets/model.ts";
import { modelTypes } from "#lib/spec/kinds/data-types.ts";

/** The stages of MLflow's registry. */
export const modelStages = ["None", "Staging", "Production", "Archived"] as const;
export const modelStage = z.enum(modelStages);
export type ModelStage = z.infer<typeof modelStage>;

/** A column of a model's signature. */
export const signatureColumn = z.object({
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
});
export type SignatureColumn = z.infer<typeof signatureColumn>;

/** What a model says of itself in its MLmodel file. */
export const mlmodelFacts = z.object({
  /** `sklearn`, `python_function`, … */
  flavors: z.array(z.string()),
  mlflowVersion: z.string().nullable(),
  pythonVersion: z.string().nullable(),
  /** Null where none was logged. */
  inputs: z.array(signatureColumn).nullable(),
  outputs: z.array(signatureColumn).nullable(),
  /** Lines of its requirements file. */
  requirements: z.array(z.string()),
  /** The folder of the MLmodel file among the files, with a slash at its end; empty for their root. */
  root: z.string(),
});
export type MlmodelFacts = z.infer<typeof mlmodelFacts>;

/** What a version keeps beside its files (`asset_versions.details`). */
export const modelDetails = z.object({
  stage: modelStage.default("None"),
  /** As the MLflow client gave them; the studio's own registrations leave them out. */
  mlflow: z
    .object({ source: z.string(), runLink: z.string().optional(), modelId: z.string().optional() })
    .nullable()
    .default(null),
});
export type ModelDetails = z.infer<typeof modelDetails>;

export const modelSummary = assetSummary.extend({ stage: modelStage.nullable() });
export type ModelSummary = z.infer<typeof modelSummary>;

export const modelVersion = assetVersionSummary.extend({
  name: z.string(),
  /** How a job or deployment names it: `azureml:name:version`. */
  reference: z.string(),
  stage: modelStage,
  properties: z.record(z.string(), z.string()),
  /** The run that it came from, as people know it. */
  run: z.object({ name: z.string(), displayName: z.string() }).nullable(),
});
export type ModelVersion = z.infer<typeof modelVersion>;

export const modelAsset = z.object({
  name: z.string(),
  description: z.string(),
  tags,
  archived: z.boolean(),
  createdAt: z.number(),
  versions: z.array(modelVersion),
});
export type ModelAsset = z.infer<typeof modelAsset>;

/** Where the files of a new version are: an uploaded folder or file, or what a run wrote. */
export const modelSource = z.union([
  z.object({ tree: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), fileName: z.string().min(1).max(255) }),
  /** `azureml://jobs/<job>/outputs/<output>/paths/<path>` or `runs:/<run>/<path>`. */
  z.object({ path: z.string().min(1).max(2000) }),
]);
export type ModelSource = z.infer<typeof modelSource>;

export const newModel = z.object({
  name: assetName,
  version: assetVersionText.optional(),
  /** Found out from the files unless given: `mlflow_model` when there is an MLmodel file. */
  type: z.enum(modelTypes).optional(),
  description: z.string().max(10_000).default(""),
  tags: tags.default({}),
  properties: z.record(z.string(), z.string()).default({}),
  source: modelSource,
});
export type NewModel = z.infer<typeof newModel>;

/** Something that stands before or after a model version. */
export const lineageNode = z.object({
  kind: z.enum(["dataset", "run", "model", "endpoint"]),
  name: z.string(),
  /** The version of a dataset or model; the deployment of an endpoint. */
  version: z.string().nullable(),
  label: z.string(),
  /** A run's status, a deployment's state. */
  state: z.string().nullable(),
});
export type LineageNode = z.infer<typeof lineageNode>;

/** `from` and `to` are places in `nodes`. */
export const lineage = z.object({
  nodes: z.array(lineageNode),
  edges: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
});
export type Lineage = z.infer<typeof lineage>;
