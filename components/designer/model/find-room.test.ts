import { expect, test } from "vitest";
import { type Box, findRoom } from "./find-room.ts";

const note = (x: number, y: number): Box => ({ x, y, width: 200, height: 80 });
const meet = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test("stays where it is wanted when nothing is there", () => {
  expect(findRoom(note(100, 100), [])).toEqual({ x: 100, y: 100 });
  expect(findRoom(note(100, 100), [note(100, 400)])).toEqual({ x: 100, y: 100 });
});

test("goes to the nearest place that is free", () => {
  const step = { x: 80, y: 110, width: 246, height: 56 };
  const at = findRoom(note(100, 100), [step]);
  expect(meet(note(at.x, at.y), step)).toBe(false);
  // Above or below is nearer than beside.
  expect(at.x).toBe(100);
  expect(Math.abs(at.y - 100)).toBeLessThanOrEqual(120);
  const column = Array.from({ length: 9 }, (_, index) => ({ ...step, y: -290 + index * 96 }));
  const beside = findRoom(note(100, 100), column);
  expect(column.some((one) => meet(note(beside.x, beside.y), one))).toBe(false);
});

test("covers something rather than going far away", () => {
  expect(findRoom(note(0, 0), [{ x: -9000, y: -9000, width: 18_000, height: 18_000 }])).toEqual({
    x: 0,
    y: 0,
  });
});
