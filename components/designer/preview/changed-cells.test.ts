import { expect, test } from "vitest";
import type { PreviewResult } from "#lib/designer/model.ts";
import { findChangedCells } from "./changed-cells.ts";

const table = (names: string[], head: unknown[][], rows: number | null = head.length) =>
  ({ kind: "table", rows, columns: names.map((name) => ({ name })), head }) as unknown as PreviewResult;

test("cells that a step filled, by the names of their columns", () => {
  const before = table(
    ["id", "age", "job"],
    [
      [1, null, "a"],
      [2, 36, null],
      [3, 4, "c"],
    ],
  );
  const after = table(
    ["job", "age", "new"],
    [
      ["a", 20, 1],
      ["b", 36, 1],
      ["c", 4, 1],
    ],
  );
  expect([...(findChangedCells(before, after) ?? [])].sort()).toEqual(["0.1", "1.0"]);
});

test("nothing where the rows cannot be laid over each other", () => {
  const before = table(["a"], [[1], [2], [3]]);
  expect(findChangedCells(before, before)).toBeNull();
  expect(findChangedCells(before, table(["a"], [[1], [2]]))).toBeNull();
  // Sorted the other way round: nearly all differ.
  expect(findChangedCells(before, table(["a"], [[3], [1], [2]]))).toBeNull();
  expect(findChangedCells(before, table(["b"], [[3], [1], [2]]))).toBeNull();
});
