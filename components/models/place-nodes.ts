import type { Lineage, LineageNode } from "#lib/models/model.ts";

const columns: LineageNode["kind"][] = ["dataset", "run", "model", "endpoint"];
const widest = 190;
const narrowest = 140;
/** A name in one line, and in two where the boxes are narrower. */
const lineHeight = { one: 58, two: 76 };
const gapX = { least: 28, most: 64 };
const gapY = 20;

export interface Placed {
  /** Of each box, in pixels. */
  width: number;
  height: number;
  /** Of each node, its upper left corner. */
  places: { x: number; y: number }[];
  right: number;
  bottom: number;
  /** One below the other: there is no room for a column for each kind. */
  stacked: boolean;
}

/** Each node's place: a column for its kind, as wide as the room allows; where that is too little, one list. */
export function placeNodes({ nodes }: Lineage, room: number): Placed {
  const used = columns.filter((kind) => nodes.some((node) => node.kind === kind));
  const gaps = used.length - 1;
  const gap =
    gaps === 0
      ? 0
      : Math.min(gapX.most, Math.max(gapX.least, Math.floor((room - used.length * widest) / gaps)));
  const width = Math.min(widest, Math.floor((room - gaps * gap) / used.length));
  if (width < narrowest) {
    const order = [...nodes.keys()].sort((a, b) => rankOf(nodes[a]) - rankOf(nodes[b]));
    const height = lineHeight.one;
    const places = nodes.map((_, index) => ({ x: 0, y: order.indexOf(index) * (height + gapY) }));
    return { width: room, height, places, right: room, bottom: bottomOf(places) + height, stacked: true };
  }
  const height = width < widest ? lineHeight.two : lineHeight.one;
  const tallest = Math.max(...used.map((kind) => nodes.filter((node) => node.kind === kind).length));
  const next = new Map<string, number>();
  const places = nodes.map((node) => {
    const count = nodes.filter((each) => each.kind === node.kind).length;
    const index = next.get(node.kind) ?? 0;
    next.set(node.kind, index + 1);
    const offset = ((tallest - count) * (height + gapY)) / 2;
    return { x: used.indexOf(node.kind) * (width + gap), y: offset + index * (height + gapY) };
  });
  const right = used.length * width + gaps * gap;
  return { width, height, places, right, bottom: bottomOf(places) + height, stacked: false };
}

function rankOf(node: LineageNode | undefined): number {
  return node ? columns.indexOf(node.kind) : columns.length;
}

function bottomOf(places: { y: number }[]): number {
  return Math.max(0, ...places.map(({ y }) => y));
}
