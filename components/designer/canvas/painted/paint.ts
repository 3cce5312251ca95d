import type { Node } from "@xyflow/react";
import { edgePath, portReach } from "../../model/geometry.ts";
import { handleId } from "../handle-id.ts";
import type { Colours } from "./colours.ts";
import { paintBoxes } from "./paint-boxes.ts";
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

function paintLines(pen: CanvasRenderingContext2D, scene: Scene, view: PaintedView, colours: Colours): void {
  const rough = view.zoom < roughZoom;
  const paths = { waiting: new Path2D(), ready: new Path2D(), running: new Path2D(), selected: new Path2D() };
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
    const look = scene.selection.has(edge.id) ? "selected" : scene.lookOf(edge);
    addLine(paths[look], { fromX: from.x, fromY: from.y, toX: to.x, toY: to.y }, rough);
  }
  for (const look of ["waiting", "ready", "running", "selected"] as const) {
    const { colour, dash, width } = looks[look];
    pen.strokeStyle = colours(colour);
    // From afar dashes run into one another.
    pen.setLineDash(rough ? [] : dash);
    pen.lineWidth = Math.max(width, 1 / view.zoom);
    pen.stroke(paths[look]);
  }
  pen.setLineDash([]);
}

/** Paints what does not stand there as elements: groups, lines, boxes. */
export function paintScene(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  view: PaintedView,
  colours: Colours,
): void {
  const { x, y, zoom, width, height, ratio } = view;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const groups = scene.nodes.filter(({ id, type }) => type === "group-box" && !scene.drawn.has(id));
  paintBoxes(pen, groups, scene, view, colours);
  pen.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
  paintLines(pen, scene, view, colours);
  const boxes = scene.nodes.filter(({ id, type }) => type !== "group-box" && !scene.drawn.has(id));
  paintBoxes(pen, boxes, scene, view, colours);
}
