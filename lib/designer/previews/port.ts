import type { AssetSource, RunEnvironment } from "#db/schema/index.ts";
import type { Literal } from "#lib/components/model.ts";
import type { PreviewCommand } from "./preview-command.ts";

/** What previews need of a warm worker; the runner has them. */
export interface PreviewStepWish {
  id: string;
  module: string;
  parameters: Record<string, unknown>;
  inputs: Record<string, AssetSource>;
  outputs: string[];
  /** Only the first rows of what it reads; null: everything. */
  sampleRows: number | null;
  timeoutMs: number;
}

/** A step that is a program: it gets a container of its own, which is gone when this resolves. */
export interface PreviewCommandWish {
  /** The preview that it is for: what an earlier try of it left behind is removed. */
  preview: string;
  command: PreviewCommand;
  parameters: Record<string, Literal>;
  inputs: Record<string, AssetSource>;
  /** Only the first rows of each table that it reads; null: everything. */
  sampleRows: number | null;
  timeoutMs: number;
}

export interface PreviewFailure {
  code: string;
  message: string;
  hint?: string | null | undefined;
  parameter?: string | null | undefined;
  column?: string | null | undefined;
  row?: number | string | null | undefined;
}

export type PreviewStepResult =
  | { outputs: Record<string, string>; seconds: number; fact: string | null }
  | { failed: PreviewFailure };

export interface PreviewWorker {
  /** Runs one step; its outputs are folders of the workspace, by digest, when it resolves. */
  run(
    wish: PreviewStepWish,
    signal: AbortSignal,
    onProgress: (progress: { done: number; of: number | null; unit: string }) => void,
  ): Promise<PreviewStepResult>;
  /** As `run`. `onSaid` is told what it waits for: “Building the environment”. */
  runCommand(
    wish: PreviewCommandWish,
    signal: AbortSignal,
    onSaid: (text: string) => void,
  ): Promise<PreviewStepResult>;
  /** Schema, counts, histograms and first rows of a table. */
  describe(
    source: AssetSource,
    options: { rows: number; bins: number },
    signal: AbortSignal,
  ): Promise<unknown>;
}

export interface PreviewPlace {
  workspaceId: string;
  environment: RunEnvironment;
  /** `docker`, `local`, … */
  provider: string;
}

/** Works with the worker of a place, started when there is none. */
export type UsePreviewWorker = <T>(
  place: PreviewPlace,
  signal: AbortSignal,
  work: (worker: PreviewWorker) => Promise<T>,
) => Promise<T>;
