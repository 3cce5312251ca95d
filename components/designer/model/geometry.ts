import type { NodeView } from "./canvas-model.ts";

/** Nodes and moves land on this grid. */
export const snap = 8;
export const nodeHeight = 56;
export const nodeWidth = 246;
/** Half of a port's hit area, which is centred on the node's edge. */
export const portReach = 12;
const portRoom = 32;
/** Icon, gap and padding beside the name. */
const besideTitle = 52;

/** Where a port stands along its edge, from 0 to 1. */
export function portShare(index: number, count: number): number {
  if (count <= 1) return 0.5;
  const spread = count === 2 ? 0.4 : count === 3 ? 0.6 : 0.8;
  return 0.5 - spread / 2 + (spread * index) / (count - 1);
}

let pen: CanvasRenderingContext2D | null | undefined;
const widths = new Map<string, number>();

/** The width of a node's name in pixels; measured where there is a browser, estimated elsewhere. */
function measureTitle(title: string): number {
  const known = widths.get(title);
  if (known !== undefined) return known;
  if (pen === undefined && typeof document !== "undefined") {
    pen = document.createElement("canvas").getContext("2d");
    if (pen) pen.font = `500 12.5px ${getComputedStyle(document.body).fontFamily}`;
  }
  const width = pen ? pen.measureText(title).width : title.length * 6.9;
  widths.set(title, width);
  return width;
}

/** Names are never cut: the node grows, on the grid. */
export function sizeOf(node: NodeView): { width: number; height: number } {
  const ports = Math.max(node.kind === "step" ? node.inputs.length : 0, node.outputs.length);
  const wanted = Math.max(nodeWidth, measureTitle(node.title) + besideTitle, ports * portRoom);
  return { width: wanted === nodeWidth ? nodeWidth : Math.ceil(wanted / snap) * snap, height: nodeHeight };
}

export function snapped(value: number): number {
  return Math.round(value / snap) * snap;
}

/** An S from a port at the bottom to one at the top; where the target stands higher, a loop that leaves room for the nodes. */
export function edgePath(fromX: number, fromY: number, toX: number, toY: number): string {
  const drop = toY - fromY;
  const bend = drop >= 0 ? Math.max(16, Math.min(drop / 2, 96)) : Math.min(240, 56 - drop * 0.6);
  return `M${fromX},${fromY} C${fromX},${fromY + bend} ${toX},${toY - bend} ${toX},${toY}`;
}
