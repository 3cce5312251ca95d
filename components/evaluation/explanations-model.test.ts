import { expect, it } from "vitest";
import { describeMeasure, explanations, writeAlike } from "./explanations-model.ts";

it("says which way the measure goes when a column is shuffled", () => {
  expect(describeMeasure({ measure: "Average Log Loss", repeats: 5 })).toBe(
    "How much the average log loss grows when a column is shuffled, the mean of 5 times.",
  );
  expect(describeMeasure({ measure: "Accuracy", repeats: 5 })).toContain("the accuracy falls");
});

it("writes the numbers of one list alike, by the size of the largest", () => {
  expect([0.128, 0.00336, -0.00001, -0.02].map(writeAlike([0.128, 0.00336]))).toEqual([
    "0.1280",
    "0.0034",
    "0.0000",
    "−0.0200",
  ]);
  expect(writeAlike([12345.6])(12345.6)).toBe("12,346");
  expect(writeAlike([0, 0])(0)).toBe("0");
  expect(writeAlike([])(0)).toBe("0");
});

it("takes what the module writes, numbers that are not finite left empty", () => {
  const file = {
    version: 1,
    method: "permutation_importance",
    measure: "Accuracy",
    value: null,
    rows: 10,
    repeats: 5,
    features: [{ name: "age", importance: 0.1, deviation: null }],
  };
  expect(explanations.parse(file).features).toHaveLength(1);
  expect(explanations.safeParse({ ...file, version: 2 }).success).toBe(false);
});
