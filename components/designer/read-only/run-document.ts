import { stringify } from "yaml";
import type { ComponentDefinition } from "#lib/components/model.ts";
import type { Binding, GraphNode, RunGraph } from "#lib/pipelines/model.ts";
import type { Lookup } from "../model/lookup.ts";

/** What the node of a run writes in `component:`; a step that was written out in its node gets a name of its own. */
function refOf(node: GraphNode): string {
  return node.ref || `inline:${node.name}`;
}

function writeBinding(binding: Binding): unknown {
  switch (binding.kind) {
    case "literal":
      return binding.value;
    case "pipeline_input":
      return `\${{parent.inputs.${binding.name}}}`;
    case "output":
      return `\${{parent.jobs.${binding.node}.outputs.${binding.port}}}`;
    case "data":
      return { path: binding.path, ...(binding.type ? { type: binding.type } : {}) };
    case "template":
      return binding.text;
  }
}

function writeInputs({ inputs }: RunGraph["graph"]): Record<string, unknown> {
  const written = Object.entries(inputs).map(([name, input]) => {
    if (input.kind === "literal") return [name, input.value ?? null];
    return [name, { type: input.type, ...(input.path === undefined ? {} : { path: input.path }) }];
  });
  return Object.fromEntries(written);
}

/** The graph of a run as the text of a pipeline, for the canvas to draw as it draws a draft. */
export function writeRunDocument({ graph, designer }: RunGraph): string {
  const jobs = graph.nodes.map((node) => [
    node.name,
    {
      type: node.type,
      component: refOf(node),
      ...(node.displayName ? { display_name: node.displayName } : {}),
      ...(node.comment ? { comment: node.comment } : {}),
      inputs: Object.fromEntries(
        Object.entries(node.inputs).map(([name, binding]) => [name, writeBinding(binding)]),
      ),
    },
  ]);
  return stringify({
    type: "pipeline",
    inputs: writeInputs(graph),
    jobs: Object.fromEntries(jobs),
    ...(designer ? { designer } : {}),
  });
}

/** The components as they were in the run. */
export function lookupOfRun({ graph }: RunGraph): Lookup {
  const known = new Map<string, ComponentDefinition>();
  for (const node of graph.nodes) if (node.component) known.set(refOf(node), node.component);
  return (ref) => known.get(ref) ?? null;
}

/** The run as its states are read: references are those of the text. */
export function withWrittenRefs(run: RunGraph): RunGraph {
  return {
    ...run,
    graph: { ...run.graph, nodes: run.graph.nodes.map((node) => ({ ...node, ref: refOf(node) })) },
  };
}
