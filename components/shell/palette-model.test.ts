import { expect, test } from "vitest";
import { markMatches, matches, nextKind, searchVerbs } from "./palette-model.ts";

test("every word must be there, in any order and case", () => {
  expect(matches("bank MARK", "bank-marketing v3")).toBe(true);
  expect(matches("bank fare", "bank-marketing")).toBe(false);
  expect(matches("", "anything")).toBe(true);
});

test("hits are marked and nothing of the text is lost", () => {
  const parts = markMatches("New run with bank-marketing", "bank (run");
  expect(parts.map((part) => part.text).join("")).toBe("New run with bank-marketing");
  expect(markMatches("bank-marketing", "bank")).toEqual([
    { text: "bank", hit: true },
    { text: "-marketing", hit: false },
  ]);
});

test("a verb is found by its other words; titles that begin with the query lead", () => {
  const verbs = [
    { id: "a", title: "Add a new run", words: "submit job" },
    { id: "b", title: "New run", words: "submit job" },
  ];
  expect(searchVerbs(verbs, "new").map((verb) => verb.id)).toEqual(["b", "a"]);
  expect(searchVerbs(verbs, "job")).toHaveLength(2);
});

test("Tab goes through the kinds and back to all", () => {
  expect(nextKind(["Data", "Runs"], null)).toBe("Data");
  expect(nextKind(["Data", "Runs"], "Runs")).toBeNull();
});
