import { invalid } from "#lib/core/errors.ts";
import type { GraphNode, PipelineGraph } from "../model.ts";

export interface ScoringPath {
  train: GraphNode;
  score: GraphNode;
}

/** Every trained model that is scored with, in the order of the document. */
export function listPaths(graph: PipelineGraph): ScoringPath[] {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const found: ScoringPath[] = [];
  for (const score of graph.nodes) {
    if (score.component?.inference?.role !== "score") continue;
    const port = score.component.inputs.find(({ type }) => type === "trained_model");
    const binding = port && score.inputs[port.name];
    const train = binding?.kind === "output" ? byName.get(binding.node) : undefined;
    if (train?.component?.inference?.role === "train") found.push({ train, score });
  }
  return found;
}

export interface PathChoice {
  trainNode?: string | undefined;
  /** One of the steps that score with it; the first when left out. */
  scoreNode?: string | undefined;
}

/** The one way to a score. `VALIDATION_FAILED` when there is none, or several and none was chosen. */
export function choosePath(graph: PipelineGraph, { trainNode, scoreNode }: PathChoice): ScoringPath {
  const paths = listPaths(graph)
    .filter(({ train }) => trainNode === undefined || train.name === trainNode)
    .filter(({ score }) => scoreNode === undefined || score.name === scoreNode);
  const [first] = paths;
  if (!first) {
    if (scoreNode !== undefined) throw invalid("score_node", `names no step that scores: ${scoreNode}`);
    throw invalid(
      "train_node",
      trainNode === undefined
        ? "is missing: no step of this pipeline trains a model that another one scores with"
        : `names no step that trains a model and is scored with: ${trainNode}`,
    );
  }
  const trained = [...new Set(paths.map(({ train }) => train.name))];
  if (trained.length > 1) {
    throw invalid("train_node", `must say which model: this pipeline trains ${trained.join(", ")}`);
  }
  return first;
}

/** Whether a step can call the positive class from another probability than a half on. */
export function takesThreshold(score: GraphNode): boolean {
  return score.component?.parameters.some(({ name }) => name === "threshold") ?? false;
}
