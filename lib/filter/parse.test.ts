import { describe, expect, it } from "vitest";
import { isAppError } from "#lib/core/errors.ts";
import { parseFilter, parseOrder } from "./parse.ts";

const read = (text: string) =>
  parseFilter(text).map(({ identifier, operator, values }) => [
    identifier.scope,
    identifier.key,
    operator,
    ...values.map((value) => `${value.kind}:${value.text}`),
  ]);

describe("a filter", () => {
  it("is clauses joined by and, in any case", () => {
    expect(read("")).toEqual([]);
    expect(read(`metrics.auc > 0.8 and status = completed AND tags.leak != "yes"`)).toEqual([
      ["metrics", "auc", ">", "number:0.8"],
      [null, "status", "=", "word:completed"],
      ["tags", "leak", "!=", "text:yes"],
    ]);
  });

  it("takes odd keys in quotes and backticks", () => {
    expect(read("metrics.`val auc` >= 1 and tags.\"a b\" = 'c' and params.mlflow.x-y/z = '1'")).toEqual([
      ["metrics", "val auc", ">=", "number:1"],
      ["tags", "a b", "=", "text:c"],
      ["params", "mlflow.x-y/z", "=", "text:1"],
    ]);
    expect(read("`run name` = 'it''s'")).toEqual([[null, "run name", "=", "text:it's"]]);
    expect(read("Run name = 'x'")).toEqual([[null, "run_name", "=", "text:x"]]);
  });

  it("knows lists, patterns and presence", () => {
    expect(read("run_id in ('a', 'b') and name not in (c)")).toEqual([
      [null, "run_id", "IN", "text:a", "text:b"],
      [null, "name", "NOT IN", "word:c"],
    ]);
    expect(read("name LIKE 'a%' and name not ilike 'B%'")).toEqual([
      [null, "name", "LIKE", "text:a%"],
      [null, "name", "NOT ILIKE", "text:B%"],
    ]);
    expect(read("params.x is null and tags.y IS NOT NULL")).toEqual([
      ["params", "x", "IS NULL"],
      ["tags", "y", "IS NOT NULL"],
    ]);
  });

  it("reads numbers with sign and exponent, and tells them from words", () => {
    expect(read("metrics.a>-1.5e-3 and created > 7d and created < 2026-11-21")).toEqual([
      ["metrics", "a", ">", "number:-1.5e-3"],
      [null, "created", ">", "word:7d"],
      [null, "created", "<", "word:2026-11-21"],
    ]);
  });
});

/** Which characters an error points at. */
function faultOf(text: string): string {
  try {
    parseFilter(text);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { position, length } = error.details as { position: number; length: number };
    return `${position}+${length} ${error.issues[0]?.message}`;
  }
  return "none";
}

it.each([
  ["metrics.auc >", "13+1 a value is missing."],
  ["metrics.auc 0.8", "12+3 a comparison such as =, >, like or in is missing."],
  ["a = 1 or b = 2", "6+2 “or” is not understood; use in (…) for several values."],
  ["a = 1 b = 2", "6+1 “and” is missing before the next condition."],
  ["a = 'open", "4+5 the quote ' is not closed."],
  ["a = 1 and", "9+1 a name such as metrics.auc or status is missing."],
  ["a in 'x'", "5+3 a list such as ('a', 'b') is missing."],
  ["a in ('x'", "9+1 the list is not closed: ) is missing."],
  ["a is 1", "5+1 after “is” comes null or not null."],
  ["(a = 1)", "0+1 “(” is not a name."],
  ["a = 1; drop", "5+1 “;” has no meaning here."],
  ["metrics. = 1", "0+8 a key is missing after the dot."],
])("points at the fault of %s", (text, fault) => {
  expect(faultOf(text)).toBe(fault);
});

it("reads what to sort by", () => {
  expect(
    parseOrder("metrics.auc DESC, name, params.`a b` asc").map((order) => [
      order.identifier.key,
      order.descending,
    ]),
  ).toEqual([
    ["auc", true],
    ["name", false],
    ["a b", false],
  ]);
  expect(() => parseOrder("name up")).toThrow("character 6");
});
