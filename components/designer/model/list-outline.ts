import type { CanvasModel, NodeView } from "./canvas-model.ts";

export interface OutlineLine {
  edge: string;
  /** The node at the other end. */
  id: string;
  title: string;
  /** The input port that the line ends at. */
  port: string;
}

export interface OutlineRow {
  view: NodeView;
  from: OutlineLine[];
  to: OutlineLine[];
}

/** The nodes in an order in which each comes after those that feed it, with their lines. */
export function listOutline({ nodes, edges, byId }: CanvasModel): OutlineRow[] {
  const from = new Map<string, OutlineLine[]>();
  const to = new Map<string, OutlineLine[]>();
  const add = (map: Map<string, OutlineLine[]>, key: string, line: OutlineLine) => {
    const known = map.get(key);
    if (known) known.push(line);
    else map.set(key, [line]);
  };
  for (const edge of edges) {
    const title = (id: string) => byId.get(id)?.title ?? id;
    add(from, edge.to, { edge: edge.id, id: edge.from, title: title(edge.from), port: edge.toPort });
    add(to, edge.from, { edge: edge.id, id: edge.to, title: title(edge.to), port: edge.toPort });
  }
  const rows: OutlineRow[] = [];
  const seen = new Set<string>();
  const visit = (view: NodeView) => {
    if (seen.has(view.id)) return;
    seen.add(view.id);
    for (const line of from.get(view.id) ?? []) {
      const before = byId.get(line.id);
      if (before) visit(before);
    }
    rows.push({ view, from: from.get(view.id) ?? [], to: to.get(view.id) ?? [] });
  };
  const byPlace = [...nodes].sort(
    (a, b) => (a.at?.y ?? 0) - (b.at?.y ?? 0) || (a.at?.x ?? 0) - (b.at?.x ?? 0),
  );
  for (const view of byPlace) visit(view);
  return rows;
}
