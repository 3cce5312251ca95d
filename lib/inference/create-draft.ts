import { stringify } from "yaml";
import { AppError } from "#lib/core/errors.ts";
import { createDraft } from "#lib/designer/commands.ts";
import { makeInference } from "#lib/pipelines/inference/make-inference.ts";
import type { Position } from "#lib/pipelines/inference/spec-words.ts";
import type { SavedOutput } from "#lib/pipelines/inference/types.ts";
import { readRunGraph } from "#lib/pipelines/queries.ts";
import { getRun } from "#lib/runs/queries/get-run.ts";
import type { Services } from "#lib/services/services.ts";
import { isMapping } from "#lib/spec/paths.ts";
import { registerSaved, type SavedModel, slug } from "./register-saved.ts";

export interface InferenceRequest {
  run: string;
  mode: "real-time" | "batch";
  trainNode?: string | undefined;
  scoreNode?: string | undefined;
  threshold?: number | undefined;
  name?: string | undefined;
}

export interface InferenceDraft {
  draft: string;
  name: string;
  saved: SavedModel[];
}

/**
 * A draft that scores, made of a completed training pipeline: what it fitted is registered, so that later runs do not
 * change it. A `CONFLICT` for a run that did not complete, `VALIDATION_FAILED` when it is not clear which model is meant.
 */
export async function createInferenceDraft(
  services: Services,
  workspaceId: string,
  userId: string,
  request: InferenceRequest,
): Promise<InferenceDraft> {
  const run = await getRun(services.db, workspaceId, request.run);
  const state = await readRunGraph(services.db, workspaceId, request.run);
  if (state.status !== "Completed") {
    throw new AppError("CONFLICT", {
      userMessage: `${run.displayName} is ${state.status}. An inference pipeline is made of a completed run.`,
    });
  }
  const { mode, trainNode, scoreNode, threshold } = request;
  const words = mode === "batch" ? "batch inference" : "real-time inference";
  const displayName = request.name ?? `${run.displayName}, ${words}`;
  const datasetName = `${slug(run.displayName)}-scored`;
  const positions = positionsOf(state.designer);
  const make = (refOf: (saved: SavedOutput) => string) =>
    makeInference(state.graph, {
      mode,
      trainNode,
      scoreNode,
      threshold,
      displayName,
      positions,
      datasetName,
      refOf,
    });
  // Once to learn what must be saved, once more with the versions that it became.
  const runOf = new Map(state.nodes.map((node) => [node.name, node.runName]));
  const saved: (SavedModel & { input: string })[] = [];
  for (const output of make(() => "azureml:unknown:1").saved) {
    const registered = await registerSaved(services, workspaceId, userId, {
      output,
      pipelineName: run.displayName,
      runName: runOf.get(output.node) ?? "",
    });
    saved.push({ ...registered, input: output.input });
  }
  const refs = new Map(saved.map(({ input, name, version }) => [input, `azureml:${name}:${version}`]));
  const { spec } = make(({ input }) => refs.get(input) ?? "");
  const text = stringify(spec, { lineWidth: 110 });
  const note = `Made of run ${run.name}`;
  const draft = await services.db.transaction((tx) =>
    createDraft(tx, { workspaceId, userId, text, name: displayName, note }),
  );
  return {
    draft,
    name: displayName,
    saved: saved.map(({ input: _, ...model }) => model),
  };
}

function positionsOf(designer: Record<string, unknown> | null): Record<string, Position> {
  const found: Record<string, Position> = {};
  const positions = isMapping(designer?.positions) ? designer.positions : {};
  for (const [name, value] of Object.entries(positions)) {
    if (Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "number") {
      found[name] = [value[0], value[1]];
    }
  }
  return found;
}
