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
  const open = () => engine.docker.getContainer(id).stats(query);
  let rest = "";
  try {
    const stream = (await engine.call("read the use of a container", open)) as Readable;
    for await (const chunk of stream) {
      const lines = (rest + String(chunk)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const stats = JSON.parse(line) as EngineStats;
        // The year 1: the container has ended, and the engine would go on sending zeros.
        if (stats.read.startsWith("0001-")) return;
        const sample = toSample(stats);
        if (sample !== null) yield sample;
      }
    }
  } catch (error) {
    // The signal breaks the connection, which shows as an error of it.
    if (!signal.aborted) throw engine.translate("read the use of a container", error);
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
