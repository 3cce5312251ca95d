import type { Point } from "#lib/designer/document/types.ts";

export interface Box extends Point {
  width: number;
  height: number;
}

const step = 40;
const rings = 30;
/** Kept free around what is there. */
const margin = 8;

/** The place nearest to the wanted one where a box covers nothing; the wanted one where everything near it is taken. */
export function findRoom(wanted: Box, taken: readonly Box[]): Point {
  const covers = (x: number, y: number) =>
    taken.some(
      (box) =>
        x < box.x + box.width + margin &&
        box.x < x + wanted.width + margin &&
        y < box.y + box.height + margin &&
        box.y < y + wanted.height + margin,
    );
  let found: Point | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  for (let ring = 0; ring <= rings && ring * step < nearest; ring++) {
    for (const [dx, dy] of ringOf(ring)) {
      const distance = Math.hypot(dx, dy) * step;
      const at = { x: wanted.x + dx * step, y: wanted.y + dy * step };
      if (distance >= nearest || covers(at.x, at.y)) continue;
      nearest = distance;
      found = at;
    }
  }
  return found ?? { x: wanted.x, y: wanted.y };
}

/** The cells of a square around the middle, as steps from it. */
function ringOf(ring: number): [number, number][] {
  if (ring === 0) return [[0, 0]];
  const cells: [number, number][] = [];
  for (let at = -ring; at <= ring; at++) cells.push([at, -ring], [at, ring]);
  for (let at = 1 - ring; at < ring; at++) cells.push([-ring, at], [ring, at]);
  return cells;
}
