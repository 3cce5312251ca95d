import { expect, it } from "vitest";
import { findUnfitValue, findWrongValue, valueParameters, wordOfValue } from "./output-values.ts";

const written = (value: string) => [
  { name: "n", source: { kind: "none" as const }, fileCount: 1, sizeBytes: 1, value },
];

it("values are what their type says", () => {
  expect(wordOfValue("integer", " 42 ")).toBe("42");
  expect(wordOfValue("boolean", "true")).toBe("True");
  expect(wordOfValue("string", " as it is ")).toBe(" as it is ");
  expect(findWrongValue({ n: { type: "integer" } }, written("42"))).toBeNull();
  expect(findWrongValue({ n: { type: "number" } }, written("1e-3"))).toBeNull();
  expect(findWrongValue({ n: { type: "integer" } }, written("4.2"))).toBe(
    "The output “n” is to be a whole number, and the command wrote “4.2”.",
  );
  expect(findWrongValue({ n: { type: "boolean" } }, written("yes"))).toContain("true or false");
  expect(findWrongValue({ n: { type: "string" } }, [])).toBe("The command wrote no value to its output “n”.");
  expect(findWrongValue({ folder: { type: "uri_folder" } }, [])).toBeNull();
});

it("a module gets them with their types", () => {
  const source = { kind: "output" as const, node: "before", port: "n" };
  const inputs = {
    n: { type: "integer", mode: "", source },
    table: { type: "data_frame", mode: "", source },
  };
  expect(valueParameters({ inputs }, new Map([["n", "42"]]))).toEqual({ n: 42 });
});

it("a parameter says which step gave what it cannot take", () => {
  const source = { kind: "output" as const, node: "measure", port: "rows" };
  const input = (rules: object) => ({
    displayName: "Take some",
    inputs: {
      n: {
        type: "integer",
        mode: "",
        source,
        rules: { type: "integer" as const, optional: false, ...rules },
      },
    },
  });
  const found = (rules: object, text: string) =>
    findUnfitValue(input(rules), new Map([["n", text]]))?.message;
  expect(found({ max: 50 }, "42")).toBeUndefined();
  expect(found({ max: 10 }, "42")).toBe(
    "“n” of “Take some” must be 10 or less. The step “measure” gave “42” as its output “rows”.",
  );
  expect(found({}, "")).toBe(
    "“n” of “Take some” needs a value. The step “measure” gave nothing as its output “rows”.",
  );
  expect(found({ enum: ["1", "2"] }, "42")).toContain("must be one of 1, 2.");
});
