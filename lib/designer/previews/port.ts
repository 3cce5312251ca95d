import type { AssetSource, RunEnvironment } from "#db/schema/index.ts";

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
