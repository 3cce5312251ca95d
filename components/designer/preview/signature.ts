import { reach } from "#lib/designer/document/reach.ts";
import type { GraphDocument } from "#lib/designer/document/types.ts";
import type { CanvasModel } from "../model/canvas-model.ts";

/**
 * Everything in the document that decides what a node gives: itself and what comes before it, without names and places.
 * Another text means that a preview is to be asked for again.
 */
export function signatureOf(model: CanvasModel, graph: GraphDocument, id: string): string {
  const ids = [...reach(model.edges, id, "before"), id].sort();
  const inputs = new Set<string>();
  const parts = ids.map((one) => {
    const view = model.byId.get(one);
    if (view?.kind === "data") return [one, view.node.path, view.node.type];
    if (view?.kind !== "step") return [one];
    for (const binding of Object.values(view.node.inputs)) {
      if (binding.kind === "pipeline_input") inputs.add(binding.name);
    }
    const { ref, inputs: given, environment, raw } = view.node;
    if (view.definition?.kind === "module") return [one, ref, given, environment];
    // A step of one's own has its command, its code and its resources in the text.
    const { display_name: _, comment: __, ...work } = raw;
    return [one, work];
  });
  const values = graph.promoted
    .filter(({ name }) => inputs.has(name))
    .map(({ name, value }) => [name, value]);
  return JSON.stringify([parts, values]);
}
