import type { Node } from "@xyflow/react";
import { expect, it } from "vitest";
import { findAt, findInside, findMiddle } from "./in-view.ts";

const node = (id: string, x: number, y: number, type = "step"): Node => ({
  id,
  type,
  position: { x, y },
  width: 246,
  height: 56,
  data: {},
});
const nodes = [
  node("group", -24, -40, "group-box"),
  node("a", 0, 0),
  node("b", 400, 0),
  node("over-a", 100, 20),
];
const ids = (found: readonly Node[]) => found.map(({ id }) => id);

it("finds what an area touches, also where only a corner lies in it", () => {
  expect(ids(findInside(nodes, { x: 240, y: 10, width: 170, height: 10 }))).toEqual(["a", "b"]);
  expect(ids(findInside(nodes, { x: 246, y: 80, width: 100, height: 100 }))).toEqual([]);
});

it("finds what the pointer is on: what is in front, and never a group", () => {
  expect(findAt(nodes, { x: 110, y: 30 })?.id).toBe("over-a");
  expect(findAt(nodes, { x: 10, y: 10 })?.id).toBe("a");
  expect(findAt(nodes, { x: -10, y: -10 })).toBeUndefined();
});

it("finds what stands nearest to the middle of what is seen", () => {
  expect(findMiddle(nodes, { x: 300, y: -300, width: 600, height: 600 })?.id).toBe("b");
  expect(findMiddle([], { x: 0, y: 0, width: 1, height: 1 })).toBeUndefined();
});
