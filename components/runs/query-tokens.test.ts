import { expect, it } from "vitest";
import { errorSpan, tokenizeQuery } from "./query-tokens.ts";

const colours = (query: string) =>
  tokenizeQuery(query)
    .filter((token) => token.kind !== "plain")
    .map((token) => `${token.kind} ${token.text}`);

it("tells names, values and words apart", () => {
  expect(colours('metrics.auc > 0.8 and status = completed and tags.`my key` != "yes"')).toEqual([
    "name metrics.auc",
    "value 0.8",
    "word and",
    "name status",
    "value completed",
    "word and",
    "name tags.`my key`",
    'value "yes"',
  ]);
});

it("loses no character of what is half written", () => {
  for (const query of ['a = "b', "metrics.", "((x", "tags.`a", "status in (running, failed"]) {
    expect(
      tokenizeQuery(query)
        .map((token) => token.text)
        .join(""),
    ).toBe(query);
  }
});

it("reads where a query went wrong", () => {
  expect(errorSpan({ data: { details: { position: 4, length: 3 } } })).toEqual({ at: 4, length: 3 });
  expect(errorSpan(new Error("x"))).toBeNull();
});
