import { expect, test } from "vitest";
import { flag, integer, list, oneOf, readUrlState, text, writeUrlState } from "./url-codec.ts";

const codecs = {
  q: text(),
  tab: oneOf(["overview", "logs"], "overview"),
  live: flag(true),
  page: integer(1),
  columns: list(["auc"]),
};

test("defaults fill what the address leaves out or gets wrong", () => {
  expect(readUrlState(codecs, new URLSearchParams("tab=nonsense&page=x"))).toEqual({
    q: "",
    tab: "overview",
    live: true,
    page: 1,
    columns: ["auc"],
  });
});

test("what is written is read back, and others' keys stay", () => {
  const changes = {
    q: "metrics.auc > 0.8",
    tab: "logs",
    live: false,
    page: 3,
    columns: ["a,b", "c"],
  } as const;
  const query = writeUrlState(codecs, new URLSearchParams("other=1"), {
    ...changes,
    columns: [...changes.columns],
  });
  expect(new URLSearchParams(query).get("other")).toBe("1");
  expect(readUrlState(codecs, new URLSearchParams(query))).toEqual(changes);
});

test("a default leaves the address; an empty list is no default", () => {
  expect(writeUrlState(codecs, new URLSearchParams("q=x&page=2"), { q: "", page: 1 })).toBe("");
  expect(
    readUrlState(codecs, new URLSearchParams(writeUrlState(codecs, new URLSearchParams(), { columns: [] })))
      .columns,
  ).toEqual([]);
});
