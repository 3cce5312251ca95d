import { Graph, layout } from "@dagrejs/dagre";
import type { Point } from "#lib/designer/document/types.ts";
import type { CanvasModel } from "./canvas-model.ts";
import { sizeOf, snapped } from "./geometry.ts";

/** Places for the nodes, in rows from the top down with few crossings. A part keeps its upper left corner. */
export function layOut(model: CanvasModel, only: ReadonlySet<string> | null): Record<string, Point> {
  const views = model.nodes.filter(({ id }) => only === null || only.has(id));
  if (views.length === 0) return {};
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 40, ranksep: 40 });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = new Set(views.map(({ id }) => id));
  for (const view of views) graph.setNode(view.id, { ...sizeOf(view) });
  for (const edge of model.edges) {
    if (ids.has(edge.from) && ids.has(edge.to)) graph.setEdge(edge.from, edge.to, {}, edge.id);
  }
  layout(graph);
  const placed = views.map((view) => {
    const { x = 0, y = 0 } = graph.node(view.id);
    const { width, height } = sizeOf(view);
    return { id: view.id, x: x - width / 2, y: y - height / 2 };
  });
  const from = { x: Math.min(...placed.map(({ x }) => x)), y: Math.min(...placed.map(({ y }) => y)) };
  const before = only === null ? [] : views.flatMap(({ at }) => at ?? []);
  const to =
    before.length === 0
      ? { x: 0, y: 0 }
      : { x: Math.min(...before.map(({ x }) => x)), y: Math.min(...before.map(({ y }) => y)) };
  return Object.fromEntries(
    placed.map(({ id, x, y }) => [id, { x: snapped(x - from.x + to.x), y: snapped(y - from.y + to.y) }]),
  );
}
