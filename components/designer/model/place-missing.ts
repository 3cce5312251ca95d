import type { DocumentEdge, Point } from "#lib/designer/document/types.ts";
import type { NodeView } from "./canvas-model.ts";
import { nodeHeight, sizeOf, snapped } from "./geometry.ts";

const gapX = 40;
const gapY = 40;

/** How many steps come before each node on the longest way to it; a circle does not loop. */
function findLayers(nodes: readonly NodeView[], edges: readonly DocumentEdge[]): Map<string, number> {
  const before = new Map<string, string[]>();
  for (const { from, to } of edges) before.set(to, [...(before.get(to) ?? []), from]);
  const layers = new Map<string, number>();
  const open = new Set<string>();
  const find = (id: string): number => {
    const known = layers.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) return 0;
    open.add(id);
    const layer = Math.max(-1, ...(before.get(id) ?? []).map(find)) + 1;
    open.delete(id);
    layers.set(id, layer);
    return layer;
  };
  for (const { id } of nodes) find(id);
  return layers;
}

/**
 * Where each node stands. Those that a text brought without a position come in rows by what they need, under
 * everything that has one.
 */
export function placeMissing(nodes: readonly NodeView[], edges: readonly DocumentEdge[]): Map<string, Point> {
  const placed = new Map<string, Point>();
  const missing = nodes.filter((node) => {
    if (node.at) placed.set(node.id, node.at);
    return !node.at;
  });
  if (missing.length === 0) return placed;
  const bottom = [...placed.values()].reduce((low, { y }) => Math.max(low, y + nodeHeight + gapY), 0);
  const layers = findLayers(missing, edges);
  const rows = new Map<number, NodeView[]>();
  for (const node of missing) {
    const layer = layers.get(node.id) ?? 0;
    rows.set(layer, [...(rows.get(layer) ?? []), node]);
  }
  const order = [...rows.keys()].sort((a, b) => a - b);
  for (const [row, layer] of order.entries()) {
    const line = rows.get(layer) ?? [];
    const total = line.reduce((sum, node) => sum + sizeOf(node).width + gapX, -gapX);
    let x = -total / 2;
    for (const node of line) {
      placed.set(node.id, { x: snapped(x), y: snapped(bottom + row * (nodeHeight + gapY)) });
      x += sizeOf(node).width + gapX;
    }
  }
  return placed;
}
