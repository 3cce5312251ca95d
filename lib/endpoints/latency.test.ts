import { expect, it } from "vitest";
import { addBuckets, latencyBucket, latencyBucketCount, latencyPercentile } from "./latency.ts";

function countsOf(values: number[]): number[] {
  const counts = new Array<number>(latencyBucketCount).fill(0);
  for (const value of values) {
    const bucket = latencyBucket(value);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

it("finds percentiles within a fifth of the truth", () => {
  const values = Array.from({ length: 1000 }, (_, i) => (i + 1) / 2);
  const counts = countsOf(values);
  for (const share of [0.1, 0.5, 0.9, 0.95, 0.99]) {
    const truth = values[Math.ceil(share * 1000) - 1] ?? 0;
    const found = latencyPercentile(counts, share) ?? 0;
    expect(Math.abs(found - truth) / truth).toBeLessThan(0.2);
  }
});

it("puts the very fast and the very slow into the outer buckets", () => {
  expect(latencyBucket(0)).toBe(0);
  expect(latencyBucket(1.2)).toBe(1);
  expect(latencyBucket(1.21)).toBe(2);
  expect(latencyBucket(1e9)).toBe(latencyBucketCount - 1);
});

it("knows no percentile of nothing, and adds what two gateways counted", () => {
  expect(latencyPercentile(countsOf([]), 0.5)).toBeNull();
  const sum = countsOf([10, 10]);
  addBuckets(sum, countsOf([10, 500]));
  expect(sum.reduce((a, b) => a + b, 0)).toBe(4);
  expect(latencyPercentile(sum, 0.5)).toBeLessThan(12);
});
