import { describe, expect, it } from "vitest";
import { didYouMean, nearNames } from "./near-names.ts";

const keys = [
  "command",
  "code",
  "compute",
  "environment",
  "environment_variables",
  "conda_file",
  "uri_file",
  "uri_folder",
];

describe("nearNames", () => {
  it.each([
    ["comand", ["command"]],
    ["commnad", ["command"]],
    ["Environment", ["environment"]],
    ["environmentVariables", ["environment_variables"]],
    ["conda", ["conda_file"]],
    ["uri_fle", ["uri_file"]],
    ["resources", []],
    ["x", []],
    ["", []],
  ])("%s → %j", (name, near) => {
    expect(nearNames(name, keys)).toEqual(near);
  });

  it("stays quick with a very long name", () => {
    expect(nearNames("x".repeat(1_000_000), keys)).toEqual([]);
  });
});

describe("didYouMean", () => {
  it("ends a sentence, or says nothing", () => {
    expect(didYouMean("cod", keys)).toBe(" Did you mean “code”?");
    expect(didYouMean("nothing-like-it", keys)).toBe("");
  });
});
