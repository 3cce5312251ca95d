import { expect, it } from "vitest";
import type { Lineage, LineageNode } from "#lib/models/model.ts";
import { placeNodes } from "./place-nodes.ts";

const node = (kind: LineageNode["kind"], name: string): LineageNode => ({
  ...{ kind, name, version: null, label: name, state: null },
});
const lineage: Lineage = {
  nodes: [
    node("model", "m"),
    node("dataset", "d1"),
    node("dataset", "d2"),
    node("run", "r"),
    node("endpoint", "e"),
  ],
  edges: [],
};

it("gives each kind a column, in the order from data to endpoint", () => {
  const { places, width, right, stacked } = placeNodes(lineage, 1000);
  expect(stacked).toBe(false);
  expect(width).toBe(190);
  const [model, data, otherData, run, endpoint] = places.map(({ x }) => x);
  expect([data, run, model, endpoint]).toEqual(
    [...[data, run, model, endpoint]].sort((a = 0, b = 0) => a - b),
  );
  expect(data).toBe(otherData);
  expect(right).toBeLessThanOrEqual(1000);
});

it("makes boxes and gaps smaller before anything leaves the room", () => {
  for (const room of [920, 800, 700, 660]) {
    const { right, width, stacked } = placeNodes(lineage, room);
    expect(stacked).toBe(false);
    expect(right).toBeLessThanOrEqual(room);
    expect(width).toBeGreaterThanOrEqual(140);
  }
});

it("lists them where there is no room for columns, none upon another", () => {
  const { places, right, width, bottom, stacked } = placeNodes(lineage, 320);
  expect(stacked).toBe(true);
  expect([right, width]).toEqual([320, 320]);
  expect(new Set(places.map(({ y }) => y)).size).toBe(5);
  expect(places[0]?.y).toBeGreaterThan(places[3]?.y ?? 0);
  expect(bottom).toBe(4 * 78 + 58);
});
