import type { Node } from "@xyflow/react";
import { statusTone } from "#components/ui/status.ts";
import type { Designer } from "../session/designer.ts";

/** A node on the little map has the colour of its state. */
export function miniColour(node: Node, designer: Designer): string {
  if (node.type === "group-box") return "transparent";
  if (node.type === "comment") return "var(--warning-tint)";
  const state = designer.states.get().get(node.id);
  if (node.type === "data") return "var(--accent-line)";
  if (!state || state.kind === "queued") return "var(--line-2)";
  return `var(--${statusTone[state.kind]})`;
}
