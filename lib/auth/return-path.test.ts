import { expect, it } from "vitest";
import { readReturnPath, signInPath } from "./return-path.ts";

it("keeps a page with its query and never leads to another site", () => {
  const page = "/fares/runs?filter=metrics.auc%20%3E%200.8&tab=charts";
  expect(readReturnPath(page)).toBe(page);
  expect(decodeURIComponent(signInPath(page).slice("/sign-in?to=".length))).toBe(page);
  for (const bad of [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:x",
    "",
    null,
    "/a\n/b",
  ]) {
    expect(readReturnPath(bad)).toBe("/");
  }
  expect(signInPath("//evil.example")).toBe("/sign-in");
});
