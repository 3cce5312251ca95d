import type { RunEnvironment } from "#db/schema/index.ts";

/** A step that is a program of its own: what a container of it needs beside its data. */
export interface PreviewCommand {
  /** As written: `python main.py --data ${{inputs.data}}`. */
  text: string;
  /** The tree that is the working folder; null: an empty one. */
  codeDigest: string | null;
  environmentVariables: Record<string, string>;
  environment: RunEnvironment;
  /** A compute target of the workspace, and its provider. */
  compute: string;
  provider: string;
  /** As in the job file. */
  resources: Record<string, unknown> | null;
  timeoutSeconds: number | null;
  /** How the ports are given to the program: their types, and what the job calls them. */
  inputs: Record<string, { type: string; mode: string; uri: string }>;
  outputs: Record<string, { type: string }>;
}
