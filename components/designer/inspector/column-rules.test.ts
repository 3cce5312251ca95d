import { expect, test } from "vitest";
import { describeSelection, isIndexList, readSelection, writeSelection } from "./column-rules.ts";

test.each([
  ['["age","job"]', "age, job"],
  ["age, job", "age, job"],
  ['{"begin":"all"}', "All columns"],
  ['{"begin":"all","rules":[{"exclude":{"names":["id"]}}]}', "All columns, without id"],
  [
    '{"begin":"none","rules":[{"include":{"types":["numeric"]}},{"include":{"indexes":"1-3,5"}}]}',
    "No columns, with numeric columns, with columns 1-3,5",
  ],
])("%s is read, said and written", (text, words) => {
  expect(describeSelection(text)).toBe(words);
  const selection = readSelection(text);
  expect(readSelection(writeSelection(selection))).toEqual(selection);
});

test("what is no JSON after all is a list of names", () => {
  expect(readSelection("[age").names).toEqual(["[age"]);
});

test("positions", () => {
  expect(isIndexList("1-3, 5")).toBe(true);
  expect(isIndexList("1-3,,5")).toBe(false);
});
