import { refProblem } from "../fields.ts";
import type { Ref } from "../ref.ts";

export const dataTypes = ["uri_file", "uri_folder", "mltable"] as const;
export const modelTypes = ["mlflow_model", "custom_model", "triton_model"] as const;
export const portTypes = [...dataTypes, ...modelTypes] as const;
/** What the steps of the studio's own modules hand to each other; ports of components may have them too. */
export const moduleTypes = ["data_frame", "untrained_model", "trained_model", "transform"] as const;
export const literalTypes = ["string", "number", "integer", "boolean"] as const;

export type DataType = (typeof dataTypes)[number];
export type ModelType = (typeof modelTypes)[number];
export type PortType = (typeof portTypes)[number];
export type ModuleType = (typeof moduleTypes)[number];
export type LiteralType = (typeof literalTypes)[number];

export function isLiteralType(type: string): type is LiteralType {
  return literalTypes.some((item) => item === type);
}

export const inputModes = ["ro_mount", "download", "direct", "eval_mount", "eval_download"] as const;
export const outputModes = ["rw_mount", "upload", "direct"] as const;

export type InputMode = (typeof inputModes)[number];
export type OutputMode = (typeof outputModes)[number];

/** The ways in which an input of a type can reach a command. */
export function inputModesOf(type: PortType): readonly InputMode[] {
  return type === "mltable" ? inputModes : inputModes.slice(0, 3);
}

/** The ways in which an output of a type can leave a command; `direct` for files is for Spark only. */
export function outputModesOf(type: PortType | LiteralType): readonly OutputMode[] {
  return type === "mltable" ? outputModes : outputModes.slice(0, 2);
}

/** What is wrong with a text as the place of data or of a model, or nothing. */
export function pathProblem(value: string): string | undefined {
  if (value.includes("${{")) return "Bindings stand in pipelines only. Give a path or a reference.";
  return refProblem(value, assetPathProblem);
}

function assetPathProblem(ref: Ref): string | undefined {
  if (ref.kind === "git") return "is a git address. Only code can come from git.";
  if (ref.kind !== "asset") return undefined;
  if (ref.version !== undefined || ref.label !== undefined) return undefined;
  return `names no version of “${ref.name}”. Add one, as in azureml:${ref.name}:1 or azureml:${ref.name}@latest.`;
}
