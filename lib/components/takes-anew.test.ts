import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Literal } from "./model.ts";
import { readModule } from "./modules/read-module.ts";
import { takesAnew } from "./takes-anew.ts";

function parametersOf(group: string, name: string) {
  const file = `modules/${group}/${name}/module.yml`;
  return readModule(readFileSync(file, "utf8"), file, [group, name], "").definition.parameters;
}

function asks(group: string, name: string, given: Record<string, Literal>): boolean {
  const parameters = parametersOf(group, name);
  const values = Object.fromEntries(parameters.map((item) => [item.name, item.default ?? null]));
  return takesAnew(parameters, { ...values, ...given });
}

describe("a step that takes anew", () => {
  it.each([
    [{ random_seed: 0 }, true],
    [{ random_seed: 7 }, false],
    [{ random_seed: 0, randomized_split: false }, false],
    [{ random_seed: 0, splitting_mode: "regular_expression" }, false],
  ])("splits data with %j", (given, expected) => {
    expect(asks("data_transformation", "split_data", given)).toBe(expected);
  });

  it.each([
    [{ data_source: "url", use_cached_results: false }, true],
    [{ data_source: "url", use_cached_results: true }, false],
    [{ data_source: "dataset", use_cached_results: false }, false],
  ])("imports data with %j", (given, expected) => {
    expect(asks("data_input_output", "import_data", given)).toBe(expected);
  });

  it("is none without such a parameter", () => {
    expect(asks("statistics", "summarize_data", { random_seed: 0 })).toBe(false);
  });
});
