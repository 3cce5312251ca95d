import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { findMissing } from "./complete-lockfile.mjs";

it("has the packages of every platform in package-lock.json, else npm ci refuses it: run node scripts/complete-lockfile.mjs", () => {
  const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
  expect(findMissing(lock).map(({ name }) => name)).toEqual([]);
});
