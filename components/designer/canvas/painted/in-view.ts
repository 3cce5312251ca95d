import type { Node } from "@xyflow/react";
import type { Point } from "#lib/designer/document/types.ts";

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The nodes that an area of the drawing touches, those in front last. */
export function findInside(nodes: readonly Node[], { x, y, width, height }: Area): Node[] {
  return nodes.filter(
    ({ position, width: own = 0, height: high = 0 }) =>
      position.x < x + width && position.x + own > x && position.y < y + height && position.y + high > y,
  );
}

const isThing = ({ type }: Node) => type !== "group-box" && type !== "ghost";

/** What the point lies on; groups and what is only shown for comparison cannot be picked up. */
export function findAt(nodes: readonly Node[], { x, y }: Point): Node | undefined {
  return findInside(nodes, { x, y, width: 0, height: 0 }).findLast(isThing);
}

/** What stands nearest to the middle of the area. */
export function findMiddle(nodes: readonly Node[], { x, y, width, height }: Area): Node | undefined {
  let best: Node | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    if (!isThing(node)) continue;
    const far = Math.hypot(
      node.position.x + (node.width ?? 0) / 2 - x - width / 2,
      node.position.y + (node.height ?? 0) / 2 - y - height / 2,
    );
    if (far < least) {
      least = far;
      best = node;
    }
  }
  return best;
}
