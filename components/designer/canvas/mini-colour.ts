import type { Node } from "@xyflow/react";
import { statusTone } from "#components/ui/status.ts";
import type { Designer } from "../session/designer.ts";

/** The role of the colour that a node has on the little map: that of its state. Null: it is not shown there. */
export function miniColour(node: Node, designer: Designer): string | null {
  if (node.type === "group-box" || node.type === "ghost") return null;
  if (node.type === "comment") return "warning-tint";
  const state = designer.states.get().get(node.id);
  if (node.type === "data") return "accent-line";
  if (!state || state.kind === "queued") return "line-2";
  return statusTone[state.kind];
}
