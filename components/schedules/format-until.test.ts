import { expect, it } from "vitest";
import { formatUntil } from "./format-until.ts";

it("says how long it is until a time", () => {
  const now = new Date(2026, 4, 1, 12).getTime();
  const after = (seconds: number) => formatUntil(now + seconds * 1000, now);
  expect([-30, 2, 40, 300, 3 * 3600].map(after)).toEqual(["now", "now", "in 40 s", "in 5 min", "in 3 h"]);
  expect(formatUntil(new Date(2026, 4, 3, 3, 5).getTime(), now)).toBe("3 May, 03:05");
});
