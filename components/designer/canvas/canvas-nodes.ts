import { type Edge, type Node, Position } from "@xyflow/react";
import type { CanvasComment, DocumentEdge, NodeGroup, Point } from "#lib/designer/document/types.ts";
import type { DraftDifference } from "#lib/designer/model.ts";
import type { CanvasModel, NodeView } from "../model/canvas-model.ts";
import { nodeHeight, nodeWidth, portReach, portShare, sizeOf } from "../model/geometry.ts";
import { handleId } from "./handle-id.ts";

export const commentPrefix = "comment:";
export const groupPrefix = "group:";
const groupSide = 24;
const groupTop = 40;

/** Positions of ports, so that lines to nodes that are out of view can be drawn. */
function listHandles(view: NodeView, width: number) {
  const inputs = view.kind === "step" ? view.inputs : [];
  const make = (side: "in" | "out", name: string, index: number, count: number) => ({
    id: handleId(side, name),
    type: side === "in" ? ("target" as const) : ("source" as const),
    position: side === "in" ? Position.Top : Position.Bottom,
    x: portShare(index, count) * width - portReach,
    y: (side === "in" ? 0 : nodeHeight) - portReach,
    width: portReach * 2,
    height: portReach * 2,
  });
  return [
    ...inputs.map(({ name }, index) => make("in", name, index, inputs.length)),
    ...view.outputs.map(({ name }, index) => make("out", name, index, view.outputs.length)),
  ];
}

export function makeNode(view: NodeView, position: Point, selected: boolean, movable: boolean): Node {
  const size = sizeOf(view);
  return {
    id: view.id,
    type: view.kind,
    position,
    selected,
    draggable: movable,
    ...size,
    measured: size,
    handles: listHandles(view, size.width),
    data: { view },
    ariaLabel: view.title,
  };
}

export function makeComment(
  comment: CanvasComment,
  position: Point,
  selected: boolean,
  movable: boolean,
): Node {
  const size = { width: comment.w, height: comment.h };
  return {
    id: commentPrefix + comment.id,
    type: "comment",
    position,
    selected,
    draggable: movable,
    ...size,
    measured: size,
    data: { comment },
    ariaLabel: `Comment: ${comment.text}`,
  };
}

/** The box around what belongs to a group; null while nothing does. */
export function makeGroup(group: NodeGroup, nodes: ReadonlyMap<string, Node>): Node | null {
  const own = group.nodes.flatMap((id) => nodes.get(id) ?? []);
  if (own.length === 0) return null;
  const left = Math.min(...own.map(({ position }) => position.x)) - groupSide;
  const top = Math.min(...own.map(({ position }) => position.y)) - groupTop;
  const right = Math.max(...own.map(({ position, width }) => position.x + (width ?? 0))) + groupSide;
  const bottom = Math.max(...own.map(({ position }) => position.y + nodeHeight)) + groupSide;
  const size = { width: right - left, height: bottom - top };
  return {
    id: groupPrefix + group.id,
    type: "group-box",
    position: { x: left, y: top },
    ...size,
    measured: size,
    zIndex: -1,
    draggable: false,
    selectable: false,
    focusable: false,
    data: { group },
  };
}

/** Where steps stood that are gone, or that were moved, since the version that the history shows. */
export function makeGhosts(difference: DraftDifference | null): Node[] {
  return (difference?.nodes ?? []).flatMap(({ name, state, displayName, before }) => {
    if ((state !== "removed" && state !== "moved") || !before) return [];
    const size = { width: nodeWidth, height: nodeHeight };
    return {
      id: `ghost:${name}`,
      type: "ghost",
      position: { x: before[0], y: before[1] },
      ...size,
      measured: size,
      zIndex: -1,
      draggable: false,
      selectable: false,
      focusable: false,
      data: { title: displayName || name, state },
    };
  });
}

export function makeEdge(edge: DocumentEdge, model: CanvasModel, selected: boolean): Edge {
  const title = (id: string) => model.byId.get(id)?.title ?? id;
  return {
    id: edge.id,
    type: "binding",
    source: edge.from,
    sourceHandle: handleId("out", edge.fromPort),
    target: edge.to,
    targetHandle: handleId("in", edge.toPort),
    selected,
    ariaLabel: `${title(edge.from)} feeds ${title(edge.to)}`,
  };
}
