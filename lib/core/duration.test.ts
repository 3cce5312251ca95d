import { expect, test } from "vitest";
import { formatDuration, formatElapsed } from "./duration.ts";

test("what took less than a second is told in milliseconds, less than ten seconds in tenths", () => {
  expect(formatDuration(0)).toBe("0 ms");
  expect(formatDuration(419.6)).toBe("420 ms");
  expect(formatDuration(999.7)).toBe("1.0 s");
  expect(formatDuration(4_234)).toBe("4.2 s");
  expect(formatDuration(9_949)).toBe("9.9 s");
});

test("longer ones read as a clock", () => {
  expect(formatDuration(9_999)).toBe("0:09");
  expect(formatDuration(34_900)).toBe("0:34");
  expect(formatDuration(252_000)).toBe("4:12");
  expect(formatDuration(754_000)).toBe("12:34");
  expect(formatDuration(3_852_000)).toBe("1:04:12");
});

test("what goes on is told by the second", () => {
  expect(formatElapsed(0)).toBe("0:00");
  expect(formatElapsed(4_999)).toBe("0:04");
  expect(formatElapsed(36_000_000)).toBe("10:00:00");
});
