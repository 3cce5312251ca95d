/**
 * Latencies are kept as counts per bucket. Bucket `i` holds what took up to `1.2^i` ms (62 buckets: 1 ms … 67 s, the last
 * one is open), so that a percentile is off by a fifth at most.
 */
export const latencyBucketCount = 62;
const ratio = 1.2;

export function latencyBucket(ms: number): number {
  if (ms <= 1) return 0;
  return Math.min(latencyBucketCount - 1, Math.ceil(Math.log(ms) / Math.log(ratio) - 1e-9));
}

/** The latency in ms that `share` (0…1) of the requests stayed within, or null when there were none. */
export function latencyPercentile(buckets: readonly number[], share: number): number | null {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = Math.max(1, share * total);
  let seen = 0;
  for (const [index, count] of buckets.entries()) {
    if (seen + count >= rank && count > 0) {
      const high = ratio ** index;
      const low = index === 0 ? 0 : ratio ** (index - 1);
      return low + ((rank - seen) / count) * (high - low);
    }
    seen += count;
  }
  return ratio ** (latencyBucketCount - 1);
}

/** Adds the counts of `more` to those of `sum`, in place. */
export function addBuckets(sum: number[], more: readonly number[]): void {
  for (const [index, count] of more.entries()) sum[index] = (sum[index] ?? 0) + count;
}
