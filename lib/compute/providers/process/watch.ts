import { open } from "node:fs/promises";
import type { LogOptions, UsageSample } from "#lib/compute/port.ts";
import { sleep } from "#lib/core/time.ts";
import type { AttemptFolder } from "./folders.ts";
import { livingProcesses, stateOf } from "./owner.ts";
import { residentKib, ticksPerSecond } from "./process-table.ts";

/** Between two looks at the log: a part of the time that was watched so far, so that a short program is seen to end soon. */
const pauseMs = (watchedMs: number) => Math.min(100, Math.max(2, watchedMs / 8));
const chunkBytes = 64 * 1024;

/** The log file as it grows. A reading that finds nothing new after the end of the program has given everything. */
export async function* readLog(folder: AttemptFolder, options: LogOptions = {}): AsyncGenerator<Buffer> {
  const { follow = false, signal } = options;
  const startedAt = Date.now();
  let position = options.sinceByte ?? 0;
  // One for all readings: most find nothing new.
  const buffer = Buffer.allocUnsafe(chunkBytes);
  while (!signal?.aborted) {
    const { state } = await stateOf(folder);
    const ended = state === "exited" || state === "missing";
    for await (const bytes of readFrom(folder.log, position, buffer)) {
      position += bytes.length;
      yield bytes;
      if (signal?.aborted) return;
    }
    if (ended || !follow) return;
    await sleep(pauseMs(Date.now() - startedAt), signal);
  }
}

async function* readFrom(path: string, position: number, buffer: Buffer): AsyncGenerator<Buffer> {
  const file = await open(path).catch(() => null);
  if (file === null) return;
  try {
    for (let at = position; ; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield Buffer.from(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** One sample a second, summed over everything that the attempt started. */
export async function* readUsage(folder: AttemptFolder, signal: AbortSignal): AsyncGenerator<UsageSample> {
  let before = await measure(folder);
  while (!signal.aborted) {
    await sleep(1000, signal);
    if (signal.aborted) return;
    const now = await measure(folder);
    if (now.count === 0) return;
    // A part that ended takes its time along, which shows as less than nothing.
    const ticks = Math.max(0, now.ticks - before.ticks);
    const seconds = (now.at - before.at) / 1000;
    yield {
      at: new Date(now.at),
      cpuPercent: Math.round((ticks / ticksPerSecond / seconds) * 1000) / 10,
      memoryMib: Math.round((now.kib / 1024) * 10) / 10,
    };
    before = now;
  }
}

async function measure(folder: AttemptFolder) {
  const living = await livingProcesses(folder);
  const sizes = await Promise.all(living.map(({ pid }) => residentKib(pid)));
  return {
    at: Date.now(),
    count: living.length,
    ticks: living.reduce((sum, { cpuTicks }) => sum + cpuTicks, 0),
    kib: sizes.reduce((sum, kib) => sum + kib, 0),
  };
}
