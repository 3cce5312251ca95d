import { expect, it } from "vitest";
import { detailOf, hrefOfThing, titleOf } from "./activity-words.ts";

const deed = (verb: string, kind: string, name: string, data: Record<string, unknown> = {}) => ({
  verb,
  kind,
  name,
  data,
});

it("calls things what people call them", () => {
  expect(titleOf(deed("started", "run", "keen_plum_1", { displayName: "lgbm" }))).toBe("lgbm");
  expect(titleOf(deed("created", "workspace", "fares"))).toBe("the workspace");
  expect(titleOf(deed("created", "dataset", "bank"))).toBe("bank");
  expect(titleOf(deed("joined", "member", "mk@bank.example"))).toBe("");
  expect(titleOf(deed("removed", "member", "mk@bank.example", { displayName: "MK" }))).toBe("MK");
});

it("says what changed after the name", () => {
  expect(detailOf(deed("registered", "model", "m", { version: "7" }))).toBe("v7");
  expect(detailOf(deed("invited", "member", "a@b", { role: "reader" }))).toBe("as reader");
  expect(detailOf(deed("changed the role of", "member", "a@b", { role: "owner" }))).toBe("to owner");
  expect(
    detailOf(deed("changed the traffic of", "endpoint", "e", { to: { blue: 80, green: 20, old: 0 } })),
  ).toBe("to blue 80%, green 20%");
  expect(detailOf(deed("changed the traffic of", "endpoint", "e", { to: { blue: 0 } }))).toBe("to none");
  expect(detailOf(deed("created", "endpoint", "e"))).toBe("");
});

it("links what has a page", () => {
  expect(hrefOfThing("w", "dataset", "a b")).toBe("/w/data/a%20b");
  expect(hrefOfThing("w", "member", "a@b")).toBeNull();
});
