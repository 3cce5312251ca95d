import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { sha256 } from "./sha256.ts";

it("agrees with Node for every length around a block, and beyond ASCII", () => {
  for (const text of [
    "",
    "abc",
    "zoë – 表",
    ...Array.from({ length: 140 }, (_, length) => "x".repeat(length)),
  ]) {
    expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
  }
  const long = "0123456789".repeat(100_000);
  expect(sha256(long)).toBe(createHash("sha256").update(long).digest("hex"));
});
