import { expect, it } from "vitest";
import { findMainMetric } from "./main-metric.ts";

it("shows the best-known metric, else the first by name, else none", () => {
  expect(findMainMetric({ loss: 0.2, auc: 0.9, accuracy: 0.8 })).toEqual({ key: "auc", value: 0.9 });
  expect(findMainMetric({ zeta: 1, "test/RMSE": 3.4 })).toEqual({ key: "test/RMSE", value: 3.4 });
  expect(findMainMetric({ zeta: 1, alpha: null })).toEqual({ key: "alpha", value: null });
  expect(findMainMetric({})).toBeUndefined();
});
