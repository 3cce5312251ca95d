import { expect, it } from "vitest";
import { filterCodec } from "#components/datasets/filter-codec.ts";
import type { OutputTable } from "#lib/run-outputs/model.ts";
import { mistakesHref } from "./mistakes-href.ts";

const meaning = (role: "label" | "score" | "feature") => ({ role, categorical: false });
const table: OutputTable = {
  rowCount: 3,
  columns: [
    { name: "bought", kind: "text", sqlType: "VARCHAR" },
    { name: "Scored Labels", kind: "text", sqlType: "VARCHAR" },
    { name: "Scored Probabilities", kind: "number", sqlType: "DOUBLE" },
  ],
  meanings: { bought: meaning("label"), "Scored Probabilities": meaning("score") },
};
const given = {
  workspace: "ws",
  run: "score-1",
  output: "scored_dataset",
  table,
  names: ["no", "yes"] as [string, string],
  counts: { threshold: 0.23 },
};

function filtersOf(href: string | null) {
  const url = new URL(href ?? "", "http://studio");
  return [url.pathname, filterCodec.parse(url.searchParams.get("filters"))];
}

it("leads to the rows of a class that the threshold gets wrong", () => {
  expect(filtersOf(mistakesHref({ ...given, kind: "missed" }))).toEqual([
    "/ws/runs/score-1",
    [
      { column: "bought", operator: "=", value: "yes" },
      { column: "Scored Probabilities", operator: "<", value: 0.23 },
    ],
  ]);
  expect(filtersOf(mistakesHref({ ...given, kind: "alarms" }))[1]).toEqual([
    { column: "bought", operator: "=", value: "no" },
    { column: "Scored Probabilities", operator: ">=", value: 0.23 },
  ]);
});

it("leads nowhere without a label or a probability", () => {
  expect(mistakesHref({ ...given, table: null, kind: "missed" })).toBeNull();
  const unlabelled = { ...table, meanings: { bought: meaning("feature") } };
  expect(mistakesHref({ ...given, table: unlabelled, kind: "missed" })).toBeNull();
  const sure = { ...table, columns: table.columns.slice(0, 2) };
  expect(mistakesHref({ ...given, table: sure, kind: "missed" })).toBeNull();
});
