import type { NodeState } from "../run/node-state.ts";
import type { CanvasModel, NodeView } from "./canvas-model.ts";

function textsOf(view: NodeView, state: NodeState | undefined): string[] {
  if (view.kind === "data") return [view.title, view.node.name, view.node.path, "data"];
  const values = Object.entries(view.node.inputs).flatMap(([name, binding]) =>
    binding.kind === "literal" ? [`${name}=${binding.value}`] : [],
  );
  return [
    view.title,
    view.id,
    view.definition?.displayName ?? "",
    view.node.comment,
    state?.word ?? "",
    state?.edited ? "edited" : "",
    state?.fact ?? "",
    ...values,
  ];
}

/** Ids of the nodes in which every word of the search stands: in name, module, values or state. In the order of the canvas. */
export function findNodes(
  model: CanvasModel,
  states: ReadonlyMap<string, NodeState>,
  search: string,
): string[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return model.nodes
    .filter((view) => {
      const text = textsOf(view, states.get(view.id)).join("\n").toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => (a.at?.y ?? 0) - (b.at?.y ?? 0) || (a.at?.x ?? 0) - (b.at?.x ?? 0))
    .map(({ id }) => id);
}
