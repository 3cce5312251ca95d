import { expect, it } from "vitest";
import type { ParameterDefinition } from "#lib/components/model.ts";
import { describeDefault, describeRange } from "./component-words.ts";

const parameter = (more: Partial<ParameterDefinition>): ParameterDefinition => ({
  name: "p",
  displayName: "P",
  type: "string",
  optional: false,
  description: "",
  advanced: false,
  ...more,
});

it("writes defaults on one line", () => {
  expect(describeDefault(parameter({ default: "mean", labels: { mean: "Replace with mean" } }))).toBe(
    "Replace with mean",
  );
  expect(describeDefault(parameter({ default: "def f():\n  return 1\n" }))).toBe("def f(): …");
  expect(describeDefault(parameter({ default: false }))).toBe("off");
  expect(describeDefault(parameter({ default: 0.0001 }))).toBe("0.0001");
  expect(describeDefault(parameter({}))).toBe("–");
});

it("says what a value may be", () => {
  expect(describeRange(parameter({ enum: ["a", "b"], labels: { a: "First" } }))).toBe("First, b");
  expect(describeRange(parameter({ min: 0, max: 1 }))).toBe("0 to 1");
  expect(describeRange(parameter({ min: 2 }))).toBe("at least 2");
  expect(describeRange(parameter({}))).toBe("");
});
