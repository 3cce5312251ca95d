import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { UsageSample } from "#lib/compute/port.ts";
import type { EngineClient } from "./client.ts";

/** The part of the engine's statistics that is read here; memory in bytes, CPU in nanoseconds since the start. */
export interface EngineStats {
  read: string;
  cpu_stats: CpuStats;
  precpu_stats: CpuStats;
  memory_stats: { usage?: number; stats?: Record<string, number> };
}

interface CpuStats {
  cpu_usage: { total_usage: number };
  system_cpu_usage?: number;
  online_cpus?: number;
}

/** One sample a second, as the engine sends them, until the container ends. */
export async function* readUsage(
  engine: EngineClient,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<UsageSample> {
  const query = { stream: true as const, abortSignal: signal };
  const stream = await engine.call("read the use of a container", () =>
    engine.docker.getContainer(id).stats(query),
  );
  const stop = () => (stream as Readable).destroy();
  signal.addEventListener("abort", stop);
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (signal.aborted) return;
      const sample = toSample(JSON.parse(line) as EngineStats);
      if (sample === null) {
        // Zeros mean that the container has ended; before the second reading there is nothing to compare with.
        if (line.includes('"read":"0001-01-01')) return;
        continue;
      }
      yield sample;
    }
  } catch (error) {
    if (!signal.aborted && !(stream as Readable).destroyed)
      throw engine.translate("read the use of a container", error);
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

/** Null while the engine has nothing to compare with. File cache that can be dropped does not count as memory in use. */
export function toSample(stats: EngineStats): UsageSample | null {
  const { cpu_stats: now, precpu_stats: before, memory_stats: memory } = stats;
  const systemNs = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  if (memory.usage === undefined || before.system_cpu_usage === undefined || systemNs <= 0) return null;
  const usedNs = now.cpu_usage.total_usage - before.cpu_usage.total_usage;
  const cache = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file ?? 0;
  return {
    at: new Date(stats.read),
    cpuPercent: Math.max(0, Math.round((usedNs / systemNs) * (now.online_cpus ?? 1) * 1000) / 10),
    memoryMib: Math.round(((memory.usage - cache) / 1024 / 1024) * 10) / 10,
  };
}
