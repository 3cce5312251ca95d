import { expect, it } from "vitest";
import { checkClause } from "#lib/filter/fields.ts";
import { parseFilter } from "#lib/filter/parse.ts";
import { runFields, statusesOf } from "./run-fields.ts";

const now = Date.UTC(2026, 10, 21, 12);
const check = (text: string) => parseFilter(text).map((clause) => checkClause(runFields, clause, now));

it("gives every spelling of a name one meaning", () => {
  for (const text of [
    "attributes.run_name = 'a'",
    "attr.`Run name` = 'a'",
    "name = a",
    "run.display_name = a",
  ]) {
    expect(check(text)).toMatchObject([{ scope: null, key: "name", values: ["a"] }]);
  }
  expect(check("parameter.depth = '3'")).toMatchObject([{ scope: "params", key: "depth" }]);
});

it("reads dates, ages and time spans", () => {
  expect(check("created > 7d")[0]?.values).toEqual([now - 7 * 86_400_000]);
  expect(check("created > '2026-11-20'")[0]?.values).toEqual([Date.UTC(2026, 10, 20)]);
  expect(check("start_time > 1700000000000")[0]?.values).toEqual([1_700_000_000_000]);
  expect(check("duration > 10m")[0]?.values).toEqual([600_000]);
  expect(check("duration <= 90")[0]?.values).toEqual([90_000]);
});

it("says which names and values make no sense, and where", () => {
  expect(() => check("metrics.auc > 'high'")).toThrow("character 15: metrics.auc is compared with a number");
  expect(() => check("status > completed")).toThrow("character 1: status cannot be compared with >");
  expect(() => check("metrics.a > 1 and colour = red")).toThrow("character 19: a run has no field “colour”");
  expect(() => check("metadata.x = 1")).toThrow("a run has no “metadata”");
  expect(() => check("created > soon")).toThrow("is compared with a date");
});

it("knows the statuses of both worlds", () => {
  expect(statusesOf("completed")).toEqual(["Completed"]);
  expect(statusesOf("FINISHED")).toEqual(["Completed"]);
  expect(statusesOf("KILLED")).toEqual(["Canceled"]);
  expect(statusesOf("cancelled")).toEqual(["Canceled"]);
  expect(statusesOf("RUNNING")).toEqual(["Running", "Finalizing", "CancelRequested"]);
  expect(statusesOf("queued")).toEqual(["Queued"]);
  expect(statusesOf("nonsense")).toEqual([]);
});
