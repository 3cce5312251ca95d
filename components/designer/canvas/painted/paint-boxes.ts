import type { Node } from "@xyflow/react";
import type { Colours } from "./colours.ts";
import type { Paint, Scene } from "./scene.ts";
import { type PaintedView, roughZoom } from "./view.ts";

/** Under this zoom a name is too small to be read. */
const nameZoom = 0.36;
/** So many names can be written in a new size for every frame. */
const fewNames = 40;
const titleAt = { x: 34, y: 23 };

export interface Box {
  node: Node;
  paint: Paint;
  left: number;
  top: number;
  width: number;
  height: number;
}

function paintOf(node: Node, scene: Scene): Paint {
  if (node.type === "group-box") return { fill: "active", edge: "line-2", dashed: false };
  if (node.type === "comment") return { fill: "warning-tint", edge: "line-2", dashed: false };
  if (node.type === "ghost") return { fill: "subtle", edge: "control", dashed: true };
  if (node.type === "data") {
    const own = scene.paintOf(node.id);
    return own.fill === "panel" ? { fill: "accent-tint", edge: "accent-line", dashed: false } : own;
  }
  return scene.paintOf(node.id);
}

/** What of the boxes is in view, in pixels of the canvas. */
export function listBoxes(nodes: readonly Node[], scene: Scene, view: PaintedView): Box[] {
  const boxes: Box[] = [];
  for (const node of nodes) {
    const left = view.x + node.position.x * view.zoom;
    const top = view.y + node.position.y * view.zoom;
    const width = (node.width ?? 0) * view.zoom;
    const height = (node.height ?? 0) * view.zoom;
    if (left > view.width || top > view.height || left + width < 0 || top + height < 0) continue;
    boxes.push({ node, paint: paintOf(node, scene), left, top, width, height });
  }
  return boxes;
}

/** Whole pixels: two fills of a rectangle cost a tenth of a line around it. */
function paintRough(pen: CanvasRenderingContext2D, boxes: readonly Box[], colours: Colours): void {
  for (const { paint, left, top, width, height } of boxes) {
    const x = Math.round(left);
    const y = Math.round(top);
    const right = Math.max(x + 2, Math.round(left + width));
    const bottom = Math.max(y + 2, Math.round(top + height));
    // White boxes with a hairline are hard to see when they are this small.
    const isPlain = paint.fill === "panel";
    pen.fillStyle = colours(isPlain ? "control" : paint.edge);
    pen.fillRect(x, y, right - x, bottom - y);
    if (right - x < 4 || bottom - y < 4) continue;
    pen.fillStyle = colours(isPlain ? "active" : paint.fill);
    pen.fillRect(x + 1, y + 1, right - x - 2, bottom - y - 2);
  }
}

function paintRound(
  pen: CanvasRenderingContext2D,
  boxes: readonly Box[],
  zoom: number,
  colours: Colours,
): void {
  const alike = Map.groupBy(boxes, ({ paint }) => `${paint.fill} ${paint.edge} ${paint.dashed}`);
  for (const own of alike.values()) {
    const path = new Path2D();
    for (const { left, top, width, height } of own) path.roundRect(left, top, width, height, 8 * zoom);
    const paint = own[0]?.paint;
    if (!paint) continue;
    pen.fillStyle = colours(paint.fill);
    pen.strokeStyle = colours(paint.fill === "panel" && zoom < nameZoom ? "control" : paint.edge);
    pen.lineWidth = 1;
    pen.setLineDash(paint.dashed ? [3, 3] : []);
    pen.fill(path);
    pen.stroke(path);
  }
  pen.setLineDash([]);
}

function titleOf({ data }: Node): string {
  const { view, title, comment } = data as {
    view?: { title: string };
    title?: string;
    comment?: { text: string };
  };
  return view?.title ?? title ?? comment?.text.split("\n")[0] ?? "";
}

function paintNames(
  pen: CanvasRenderingContext2D,
  boxes: readonly Box[],
  zoom: number,
  colours: Colours,
): void {
  pen.font = `500 ${12.5 * zoom}px ${getComputedStyle(pen.canvas).fontFamily}`;
  pen.textBaseline = "alphabetic";
  pen.fillStyle = colours("ink");
  for (const { node, left, top } of boxes)
    pen.fillText(titleOf(node), left + titleAt.x * zoom, top + titleAt.y * zoom);
}

/** Where the names will be. */
function paintBars(
  pen: CanvasRenderingContext2D,
  boxes: readonly Box[],
  zoom: number,
  colours: Colours,
): void {
  pen.fillStyle = colours("line-2");
  for (const { left, top, width } of boxes)
    pen.fillRect(left + titleAt.x * zoom, top + 14 * zoom, width * 0.6, 8 * zoom);
}

/** The name of a group keeps its size, so that a large drawing can be read from afar. */
function paintGroupNames(pen: CanvasRenderingContext2D, boxes: readonly Box[], colours: Colours): void {
  pen.font = `500 12px ${getComputedStyle(pen.canvas).fontFamily}`;
  pen.textBaseline = "alphabetic";
  pen.fillStyle = colours("ink-2");
  for (const { node, left, top, width } of boxes) {
    const { title } = (node.data as { group: { title: string } }).group;
    pen.fillText(title, left + 6, top - 5, Math.max(80, width));
  }
}

/** What is selected, by this person or by another, has a line around it. */
function paintMarks(
  pen: CanvasRenderingContext2D,
  boxes: readonly Box[],
  scene: Scene,
  zoom: number,
  colours: Colours,
): void {
  for (const { node, left, top, width, height } of boxes) {
    const hue = scene.hueOf(node.id);
    if (!node.selected && hue === undefined) continue;
    pen.strokeStyle = colours(node.selected ? "accent" : `person-${hue}`);
    pen.lineWidth = 2;
    if (zoom < roughZoom)
      pen.strokeRect(Math.round(left), Math.round(top), Math.round(width), Math.round(height));
    else {
      pen.beginPath();
      pen.roundRect(left, top, width, height, 8 * zoom);
      pen.stroke();
    }
  }
}

export function paintBoxes(
  pen: CanvasRenderingContext2D,
  boxes: readonly Box[],
  scene: Scene,
  view: PaintedView,
  colours: Colours,
): void {
  if (boxes.length === 0) return;
  pen.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  if (view.zoom < roughZoom) paintRough(pen, boxes, colours);
  else paintRound(pen, boxes, view.zoom, colours);
  if (boxes[0]?.node.type === "group-box") paintGroupNames(pen, boxes, colours);
  else if (view.zoom >= nameZoom && view.zooming && boxes.length > fewNames)
    paintBars(pen, boxes, view.zoom, colours);
  else if (view.zoom >= nameZoom) paintNames(pen, boxes, view.zoom, colours);
  paintMarks(pen, boxes, scene, view.zoom, colours);
}
