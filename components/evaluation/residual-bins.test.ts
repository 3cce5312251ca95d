import { expect, it } from "vitest";
import { residualBins } from "./residual-bins.ts";

const narrow = { edges: [-1, 0, 1], counts: [3, 4], points: [] };
const wide = { edges: [-4, 0, 4], counts: [5, 2], points: [] };

it("gives inputs one range by empty bars, and keeps their counts", () => {
  const [first = [], second = []] = residualBins([narrow, wide]);
  expect([first[0]?.from, first.at(-1)?.to]).toEqual([-4, 4]);
  expect(first.map(({ count }) => count)).toEqual([0, 0, 0, 3, 4, 0, 0, 0]);
  expect(second.map(({ count }) => count)).toEqual([5, 2]);
  expect(residualBins([wide])).toEqual([second]);
});

it("leaves ranges alone that differ too much to be drawn as one, or have no width", () => {
  const far = { edges: [-1000, 0, 1000], counts: [1, 1], points: [] };
  expect(residualBins([narrow, far])[0]).toHaveLength(2);
  const flat = { edges: [0, 0], counts: [7], points: [] };
  expect(residualBins([flat, narrow])[0]).toEqual([{ from: 0, to: 0, count: 7 }]);
});
