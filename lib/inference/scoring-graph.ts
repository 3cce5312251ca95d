import { type Literal, moduleRegistry } from "#lib/components/model.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import type { Binding, GraphNode, PipelineGraph } from "#lib/pipelines/model.ts";
import type { SavedThing } from "./saved-files.ts";

export type ScoringInput = { node: string; port: string } | { saved: string } | { rows: true };

export interface ScoringNode {
  name: string;
  module: string;
  parameters: Record<string, Literal>;
  inputs: Record<string, ScoringInput>;
}

/** Read by `python/atelier_modules/graph.py`. */
export interface ScoringGraph {
  /** Each after those that it reads. */
  nodes: ScoringNode[];
  output: { node: string; port: string };
  /** What is loaded once, by the name of its folder. */
  saved: Record<string, SavedThing>;
  inputNode: GraphNode;
}

/** The part of a pipeline between Web Service Input and Web Service Output, as one process runs it. Pure. */
export function toScoringGraph(graph: PipelineGraph): ScoringGraph {
  const inputNode = onlyOne(graph, "web_service_input", "Web Service Input");
  const outputNode = onlyOne(graph, "web_service_output", "Web Service Output");
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const nodes = new Map<string, ScoringNode>();
  const saved: Record<string, SavedThing> = {};

  function source(node: GraphNode, port: string, binding: Binding): ScoringInput {
    if (binding.kind === "output") {
      visit(byName.get(binding.node));
      return { node: binding.node, port: binding.port };
    }
    const input = binding.kind === "pipeline_input" ? graph.inputs[binding.name] : undefined;
    const data = binding.kind === "data" ? binding : input?.kind === "data" ? input : undefined;
    if (data?.path === undefined) throw invalid(`jobs.${node.name}.inputs.${port}`, "has no data");
    const name = binding.kind === "pipeline_input" ? binding.name : `${node.name}_${port}`;
    saved[name] = { path: data.path, type: data.type ?? "uri_folder" };
    return { saved: name };
  }

  function visit(node: GraphNode | undefined): void {
    if (!node || nodes.has(node.name)) return;
    const { component } = node;
    if (component?.kind !== "module") {
      throw new AppError("VALIDATION_FAILED", {
        userMessage: `${node.displayName} is no module of the studio, so it cannot answer requests. A real-time pipeline is made of modules.`,
        issues: [
          { path: `jobs.${node.name}.component`, message: `is not of the registry ${moduleRegistry}` },
        ],
      });
    }
    const inputs: Record<string, ScoringInput> = {};
    const parameters: Record<string, Literal> = {};
    const ports = new Set(component.inputs.map(({ name }) => name));
    for (const [name, binding] of Object.entries(node.inputs)) {
      if (!ports.has(name)) parameters[name] = parameterValue(graph, node, name, binding);
      // The sample of the input is for the canvas; here come the rows of the request.
      else if (node !== inputNode) inputs[name] = source(node, name, binding);
    }
    if (node === inputNode) inputs.dataset = { rows: true };
    nodes.set(node.name, { name: node.name, module: component.name, parameters, inputs });
  }

  visit(outputNode);
  if (!nodes.has(inputNode.name)) {
    throw invalid(`jobs.${inputNode.name}`, "does not reach the Web Service Output");
  }
  const output = { node: outputNode.name, port: "results_dataset" };
  return { nodes: [...nodes.values()], output, saved, inputNode };
}

function parameterValue(graph: PipelineGraph, node: GraphNode, name: string, binding: Binding): Literal {
  if (binding.kind === "literal") return binding.value;
  const input = binding.kind === "pipeline_input" ? graph.inputs[binding.name] : undefined;
  if (input?.kind === "literal" && input.value !== undefined) return input.value;
  throw invalid(`jobs.${node.name}.inputs.${name}`, "needs a value here: a service has no pipeline inputs");
}

function onlyOne(graph: PipelineGraph, module: string, title: string): GraphNode {
  const found = graph.nodes.filter(
    ({ component }) => component?.kind === "module" && component.name === module,
  );
  const [first, second] = found;
  if (!first) throw invalid("jobs", `has no ${title}: make an inference pipeline of a completed run first`);
  if (second) throw invalid(`jobs.${second.name}`, `is a second ${title}; a service has one`);
  return first;
}
