import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";

export interface UsagePoint {
  at: number;
  cpuPercent: number;
  memoryMib: number;
}

/**
 * CPU and memory of an attempt in at most `points` points: the mean of the CPU and the peak of the memory in each equal
 * part of its time, so that the sample that ended a run is never smoothed away.
 */
export async function readUsage(
  db: Queryable,
  attemptId: string,
  points: number,
): Promise<{ peakMemoryMib: number | null; samples: UsagePoint[] }> {
  const rows = await db.execute<{ at: string; cpu: number; memory: number }>(sql`
    with samples as (
      select *, ntile(${points}) over (order by at) as part from run_usage where attempt_id = ${attemptId}
    )
    select extract(epoch from max(at)) * 1000 as at, avg(cpu_percent) as cpu, max(memory_mib) as memory
    from samples group by part order by part`);
  const samples = rows.map((row) => ({
    at: Math.round(Number(row.at)),
    cpuPercent: Number(row.cpu),
    memoryMib: Number(row.memory),
  }));
  const peak = samples.reduce((most, sample) => Math.max(most, sample.memoryMib), 0);
  return { peakMemoryMib: samples.length === 0 ? null : peak, samples };
}
