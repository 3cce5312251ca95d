import { expect, test } from "vitest";
import { formatBytes, formatCount, formatNumber, formatPercent, formatRelative, plural } from "./format.ts";

test("numbers keep four digits that matter, a true minus and a dash for nothing", () => {
  expect(formatNumber(0.80634)).toBe("0.8063");
  expect(formatNumber(-3.4)).toBe("−3.4");
  expect(formatNumber(258.5413)).toBe("258.5");
  expect(formatNumber(29999)).toBe("29,999");
  expect(formatNumber(0.00001234)).toBe("1.234e−5");
  expect(formatNumber(0)).toBe("0");
  expect(formatNumber(null)).toBe("–");
  expect(formatNumber(Number.NaN)).toBe("NaN");
  expect(formatCount(-1200)).toBe("−1,200");
  expect(formatPercent(0.2034)).toBe("20.3%");
});

test("sizes are in powers of 1024", () => {
  expect(formatBytes(0)).toBe("0 B");
  expect(formatBytes(7577)).toBe("7.4 KiB");
  expect(formatBytes(12 * 1024 ** 3)).toBe("12 GiB");
  expect(formatBytes(1023 * 1024)).toBe("1,023 KiB");
});

test("time is relative up to a day, then the date", () => {
  const now = new Date(2025, 10, 20, 12, 0, 0).getTime();
  expect(formatRelative(now - 3_000, now)).toBe("now");
  expect(formatRelative(now - 300_000, now)).toBe("5 min ago");
  expect(formatRelative(now - 23.5 * 3_600_000, now)).toBe("23 h ago");
  expect(formatRelative(now - 25 * 3_600_000, now)).toBe("19 Nov");
  expect(formatRelative(new Date(2024, 1, 3).getTime(), now)).toBe("3 Feb 2024");
});

test("words follow the count", () => {
  expect(plural(1, "run")).toBe("1 run");
  expect(plural(2318, "run")).toBe("2,318 runs");
});
