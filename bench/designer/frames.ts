import type { CDPSession, Page } from "@playwright/test";
import { type CpuTimes, readTrace, type TraceEvent } from "./trace.ts";

declare global {
  interface Window {
    frameTimes?: number[];
    countFrames?: boolean;
  }
}

/** Frames while something moved: times in milliseconds. */
export interface Frames extends CpuTimes {
  count: number;
  median: number;
  /** 95 in 100 are shorter. */
  late: number;
  perSecond: number;
}

// Each task with the processor time it took, and what the page's own thread did in it.
const categories = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"];

async function trace(client: CDPSession, act: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: unknown[] }) => {
    for (const event of value as TraceEvent[]) events.push(event);
  };
  client.on("Tracing.dataCollected", collect);
  await client.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { recordMode: "recordAsMuchAsPossible", includedCategories: categories },
  });
  await act();
  const done = new Promise((resolve) => client.once("Tracing.tracingComplete", resolve));
  await client.send("Tracing.end");
  await done;
  client.off("Tracing.dataCollected", collect);
  return events;
}

/**
 * The frames while `act` goes on. The processor time of a frame says what the page costs, also on a machine that is
 * busy with other things; the times between frames say what somebody would have seen.
 */
export async function measureFrames(page: Page, act: () => Promise<void>): Promise<Frames> {
  const client = await page.context().newCDPSession(page);
  let times: number[] = [];
  const events = await trace(client, async () => {
    await page.evaluate(() => {
      window.frameTimes = [];
      window.countFrames = true;
      performance.mark("frames-start");
      let last = performance.now();
      const note = (now: number) => {
        window.frameTimes?.push(now - last);
        last = now;
        if (window.countFrames) requestAnimationFrame(note);
      };
      requestAnimationFrame(note);
    });
    await act();
    times = await page.evaluate(() => {
      window.countFrames = false;
      return window.frameTimes ?? [];
    });
  });
  await client.detach();
  const sorted = times.slice(1).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const total = sorted.reduce((sum, time) => sum + time, 0);
  return {
    count: sorted.length,
    median: at(0.5),
    late: at(0.95),
    perSecond: total === 0 ? 0 : (sorted.length * 1_000) / total,
    ...readTrace(events, Math.max(1, times.length)),
  };
}
