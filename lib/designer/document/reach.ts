import type { DocumentEdge } from "./types.ts";

/** Everything that comes before a node, or after it, along the edges; without the node itself. */
export function reach(edges: readonly DocumentEdge[], start: string, side: "before" | "after"): Set<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const [key, value] = side === "before" ? [to, from] : [from, to];
    next.set(key, [...(next.get(key) ?? []), value]);
  }
  const found = new Set<string>();
  const open = [start];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const other of next.get(one) ?? []) {
      if (other === start || found.has(other)) continue;
      found.add(other);
      open.push(other);
    }
  }
  return found;
}
