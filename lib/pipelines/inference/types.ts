import type { Position } from "./spec-words.ts";

/** What a fitted step of the run left behind, and the input of the new pipeline that brings it back. */
export interface SavedOutput {
  node: string;
  port: string;
  kind: "model" | "transform";
  displayName: string;
  /** The pipeline input that names it. */
  input: string;
}

export interface InferenceOptions {
  mode: "real-time" | "batch";
  displayName: string;
  /** Which trained model, where the pipeline trains several. */
  trainNode?: string | undefined;
  /** Which of the steps that score with it. */
  scoreNode?: string | undefined;
  /** From which probability on the positive class is called; as the pipeline has it when left out. */
  threshold?: number | undefined;
  positions?: Record<string, Position> | undefined;
  /** The dataset that a batch writes a version of. */
  datasetName?: string | undefined;
  /** The reference of a saved output: `azureml:term-deposit-model:1`. */
  refOf: (saved: SavedOutput) => string;
}

export interface InferencePipeline {
  /** A pipeline job, as its file would say it. */
  spec: Record<string, unknown>;
  saved: SavedOutput[];
  /** The column that is predicted, and so is not asked for. */
  label: string | null;
  /** Where the rows come in. */
  inputNode: string | null;
  scoreNode: string;
}
