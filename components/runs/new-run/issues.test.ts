import { expect, it } from "vitest";
import { issuesOf, lineOf, otherIssues, problemAt } from "./issues.ts";

const issues = [
  { path: "inputs.rate.value", message: "must be a number.", location: "job.yml:7" },
  { path: "limits.timeout", message: "must be 1 or more.", location: "job.yml:12:4" },
];

it("finds what stands under a field", () => {
  expect(problemAt(issues, "inputs.rate")).toBe("Must be a number.");
  expect(problemAt(issues, "inputs.rat")).toBeUndefined();
  expect(otherIssues(issues, ["inputs"])).toEqual([issues[1]]);
});

it("reads the line", () => {
  expect(issues.map(lineOf)).toEqual([7, 12]);
  expect(lineOf({ path: "", message: "" })).toBeNull();
});

it("takes issues out of an error of the API, and none out of another", () => {
  expect(issuesOf({ data: { issues } })).toEqual(issues);
  expect(issuesOf(new Error("x"))).toEqual([]);
});
