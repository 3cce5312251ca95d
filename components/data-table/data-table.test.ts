import { expect, test } from "vitest";
import { type Column, gridOf, nextSort, pickColumns } from "./column.ts";
import { rangeOf, toggleKey, toggleRange } from "./selection.ts";

const keys = ["a", "b", "c", "d", "e"];

test("a range goes both ways and survives an anchor that is gone", () => {
  expect(rangeOf(keys, "b", "d")).toEqual(["b", "c", "d"]);
  expect(rangeOf(keys, "d", "b")).toEqual(["b", "c", "d"]);
  expect(rangeOf(keys, "gone", "c")).toEqual(["c"]);
  expect(rangeOf(keys, "a", "gone")).toEqual([]);
});

test("Shift gives the whole range what the clicked row becomes", () => {
  expect([...toggleRange(new Set(["a"]), keys, "a", "c")]).toEqual(["a", "b", "c"]);
  expect([...toggleRange(new Set(keys), keys, "b", "d")]).toEqual(["a", "e"]);
  expect([...toggleKey(new Set(["a"]), "a")]).toEqual([]);
});

test("a head goes through first way, other way, none", () => {
  const first = nextSort(null, "auc");
  expect(first).toEqual({ key: "auc", direction: "desc" });
  expect(nextSort(first, "auc")).toEqual({ key: "auc", direction: "asc" });
  expect(nextSort({ key: "auc", direction: "asc" }, "auc")).toBeNull();
  expect(nextSort(first, "f1")?.key).toBe("f1");
});

test("columns follow the chosen order, and the grid their widths", () => {
  const columns: Column<never>[] = [
    { key: "name", label: "Name", width: 200, grow: 1, render: () => null },
    { key: "auc", label: "AUC", width: 80, render: () => null },
  ];
  expect(pickColumns(columns, ["auc", "gone", "name"]).map((column) => column.key)).toEqual(["auc", "name"]);
  expect(gridOf(columns, true)).toEqual({ template: "40px minmax(200px, 1fr) 80px", minWidth: 320 });
});
