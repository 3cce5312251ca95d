import { describe, expect, it } from "vitest";
import {
  borderAt,
  giveAll,
  isSameSplit,
  looksOf,
  moveBorder,
  nextDeploymentName,
  sharesOf,
  splitWords,
  trafficOf,
} from "./traffic-split.ts";

const three = sharesOf(["a", "b", "c"], { a: 50, b: 30, c: 20 });

describe("a traffic split", () => {
  it("moves a border between its neighbours and keeps the sum", () => {
    expect(trafficOf(moveBorder(three, 0, 60))).toEqual({ a: 60, b: 20, c: 20 });
    expect(trafficOf(moveBorder(three, 0, 95))).toEqual({ a: 80, b: 0, c: 20 });
    expect(trafficOf(moveBorder(three, 1, 100))).toEqual({ a: 50, b: 50, c: 0 });
    expect(trafficOf(moveBorder(three, 1, -5))).toEqual({ a: 50, b: 0, c: 50 });
    expect(borderAt(three, 1)).toBe(80);
  });

  it("rounds to whole percents", () => {
    const two = sharesOf(["a", "b"], { a: 100, b: 0 });
    expect(trafficOf(moveBorder(two, 0, 33.4))).toEqual({ a: 33, b: 67 });
  });

  it("gives one everything, also where none had any", () => {
    expect(trafficOf(giveAll(sharesOf(["a", "b"], {}), "b"))).toEqual({ a: 0, b: 100 });
  });

  it("is the same only with the same names and numbers", () => {
    expect(isSameSplit(three, sharesOf(["a", "b", "c"], { a: 50, b: 30, c: 20 }))).toBe(true);
    expect(isSameSplit(three, giveAll(three, "a"))).toBe(false);
    expect(splitWords(three)).toBe("50 / 30 / 20");
  });
});

it("keeps the colours of blue and green, and gives the others looks of their own", () => {
  const looks = looksOf(["blue", "first", "green", "second"]);
  expect(looks.get("blue")).toBe(2);
  expect(looks.get("green")).toBe(0);
  expect(new Set(looks.values()).size).toBe(4);
});

it("proposes a name that is free", () => {
  expect(nextDeploymentName([])).toBe("blue");
  expect(nextDeploymentName(["blue"])).toBe("green");
  expect(nextDeploymentName(["blue", "green", "amber", "violet"])).toBe("deployment-5");
});
