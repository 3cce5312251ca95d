import { expect, it } from "vitest";
import { compareMetrics, compareParams, directionOf } from "./differences.ts";

const runs = [
  { name: "a", params: { leaves: "15", rate: "0.1" }, metrics: { auc: 0.8, log_loss: 0.27, rows: 10 } },
  { name: "b", params: { leaves: "7", rate: "0.10" }, metrics: { auc: 0.79, log_loss: null, rows: 10 } },
  { name: "c", params: { leaves: "15" }, metrics: { auc: 0.81, log_loss: 0.25 } },
];

it("says which parameters differ from the first run's", () => {
  expect(compareParams(runs)).toEqual([
    {
      key: "leaves",
      differs: true,
      cells: [
        { text: "15", differs: false },
        { text: "7", differs: true },
        { text: "15", differs: false },
      ],
    },
    {
      key: "rate",
      differs: true,
      cells: [
        { text: "0.1", differs: false },
        { text: "0.10", differs: false },
        { text: null, differs: true },
      ],
    },
  ]);
});

it("takes the first run as the baseline of metrics and marks the best", () => {
  const [auc, loss, rows] = compareMetrics(runs);
  expect(auc?.better).toBe("up");
  expect(auc?.cells.map((cell) => cell.best)).toEqual([false, false, true]);
  expect(auc?.cells[0]?.change).toBeNull();
  expect(auc?.cells[1]?.change).toBeCloseTo(-0.01);
  expect(loss?.cells.map((cell) => cell.best)).toEqual([false, false, true]);
  expect(loss?.cells[1]).toEqual({ value: null, change: null, best: false });
  expect(rows).toMatchObject({ better: "none", differs: true });
  expect(rows?.cells.some((cell) => cell.best)).toBe(false);
});

it("reads from a name whether more is better", () => {
  expect(["log_loss", "val/rmse", "train_error", "mae"].map(directionOf)).toEqual(Array(4).fill("down"));
  expect(["auc", "valid_accuracy", "f1", "r2"].map(directionOf)).toEqual(Array(4).fill("up"));
  expect(["rows", "lossless_ratio", "epoch"].map(directionOf)).toEqual(Array(3).fill("none"));
});
