import { canonicalJson } from "#lib/core/canonical.ts";
import { sha256 } from "#lib/core/sha256.ts";
import type { GraphNode, PipelineGraph } from "./model.ts";

/**
 * The same for the same work: steps, what they are set to and how they hang together. What the drawing looks like, the
 * order of steps, comments, shown names and where it runs do not count.
 */
export function graphHash(graph: PipelineGraph): string {
  const nodes = graph.nodes.filter(({ disabled }) => !disabled).map(workOf);
  nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
  const inputs = Object.entries(graph.inputs).map(([name, input]) => [
    name,
    input.kind === "data" ? { type: input.type, path: input.path } : { value: input.value },
  ]);
  const outputs = Object.entries(graph.outputs).map(([key, { type, path, name, version, source }]) => [
    key,
    { type, path, name, version, source },
  ]);
  const { onInit, onFinalize } = graph.settings;
  return sha256(
    canonicalJson({
      inputs: Object.fromEntries(inputs),
      outputs: Object.fromEntries(outputs),
      nodes,
      ...(onInit === undefined ? {} : { onInit }),
      ...(onFinalize === undefined ? {} : { onFinalize }),
    }),
  );
}

function workOf(node: GraphNode) {
  const { name, component, ref, inputs, outputs, environment, environmentVariables, resources } = node;
  const { distribution, isDeterministic } = node;
  return {
    name,
    component: component?.digest ?? ref,
    inputs,
    outputs,
    environment,
    environmentVariables,
    resources,
    distribution,
    isDeterministic,
  };
}
