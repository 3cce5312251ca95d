import type { Node } from "@xyflow/react";
import { edgePath, portReach } from "../../model/geometry.ts";
import { handleId } from "../handle-id.ts";
import type { Colours } from "./colours.ts";
import { listBoxes, paintBoxes } from "./paint-boxes.ts";
import type { Scene } from "./scene.ts";
import { type PaintedView, roughZoom } from "./view.ts";

interface Line {
  fromX: number;
  fromY: number;
  toX: number;
  toY: number;
}

function findEnd(node: Node | undefined, id: string): { x: number; y: number } | null {
  const port = node?.handles?.find((handle) => handle.id === id);
  if (!node || !port) return null;
  return { x: node.position.x + port.x + portReach, y: node.position.y + port.y + portReach };
}

/** Lines of one look as one path: a stroke for each would cost more than all of the pixels. */
function addLine(path: Path2D, { fromX, fromY, toX, toY }: Line, rough: boolean): void {
  if (rough) {
    path.moveTo(fromX, fromY);
    path.lineTo(toX, toY);
  } else path.addPath(new Path2D(edgePath(fromX, fromY, toX, toY)));
}

const looks = {
  waiting: { colour: "control", dash: [3, 4], width: 1.5 },
  ready: { colour: "ink-3", dash: [], width: 1.5 },
  running: { colour: "running", dash: [5, 4], width: 1.5 },
  selected: { colour: "accent", dash: [], width: 2.5 },
};

type Lines = Record<keyof typeof looks, { path: Path2D; count: number }>;

/** The lines in view that are not there as elements. */
function collectLines(scene: Scene, view: PaintedView): Lines {
  const rough = view.zoom < roughZoom;
  const make = () => ({ path: new Path2D(), count: 0 });
  const lines: Lines = { waiting: make(), ready: make(), running: make(), selected: make() };
  const left = -view.x / view.zoom;
  const top = -view.y / view.zoom;
  const right = left + view.width / view.zoom;
  const bottom = top + view.height / view.zoom;
  for (const edge of scene.edges) {
    if (scene.drawn.has(edge.from) || scene.drawn.has(edge.to)) continue;
    const from = findEnd(scene.byId.get(edge.from), handleId("out", edge.fromPort));
    const to = findEnd(scene.byId.get(edge.to), handleId("in", edge.toPort));
    if (!from || !to) continue;
    const isAway =
      Math.max(from.x, to.x) < left ||
      Math.min(from.x, to.x) > right ||
      Math.max(from.y, to.y) < top ||
      Math.min(from.y, to.y) > bottom;
    if (isAway) continue;
    const own = lines[scene.selection.has(edge.id) ? "selected" : scene.lookOf(edge)];
    addLine(own.path, { fromX: from.x, fromY: from.y, toX: to.x, toY: to.y }, rough);
    own.count += 1;
  }
  return lines;
}

function paintLines(pen: CanvasRenderingContext2D, lines: Lines, view: PaintedView, colours: Colours): void {
  const { x, y, zoom, ratio } = view;
  pen.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
  for (const look of ["waiting", "ready", "running", "selected"] as const) {
    if (lines[look].count === 0) continue;
    const { colour, dash, width } = looks[look];
    pen.strokeStyle = colours(colour);
    // From afar dashes run into one another.
    pen.setLineDash(zoom < roughZoom ? [] : dash);
    pen.lineWidth = Math.max(width, 1 / zoom);
    pen.stroke(lines[look].path);
  }
  pen.setLineDash([]);
}

/**
 * Paints what does not stand there as elements: groups, lines, boxes. Returns whether there was anything; an empty
 * picture that stays empty is not touched.
 */
export function paintScene(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  view: PaintedView,
  colours: Colours,
  wasEmpty: boolean,
): boolean {
  const painted = scene.nodes.filter(({ id }) => !scene.drawn.has(id));
  const isGroup = ({ type }: Node) => type === "group-box";
  const groups = listBoxes(painted.filter(isGroup), scene, view);
  const boxes = listBoxes(
    painted.filter((node) => !isGroup(node)),
    scene,
    view,
  );
  const lines = collectLines(scene, view);
  const isEmpty =
    groups.length + boxes.length === 0 && Object.values(lines).every(({ count }) => count === 0);
  if (isEmpty && wasEmpty) return false;
  pen.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  pen.clearRect(0, 0, view.width, view.height);
  paintBoxes(pen, groups, scene, view, colours);
  paintLines(pen, lines, view, colours);
  paintBoxes(pen, boxes, scene, view, colours);
  return !isEmpty;
}
