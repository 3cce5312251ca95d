import type { Page } from "@playwright/test";

declare global {
  interface Window {
    frameTimes?: number[];
    countFrames?: boolean;
  }
}

/** The times between frames while `act` goes on. */
export async function measureFrames(
  page: Page,
  act: () => Promise<void>,
): Promise<{ median: number; late: number; count: number }> {
  await page.evaluate(() => {
    window.frameTimes = [];
    window.countFrames = true;
    let last = performance.now();
    const note = (now: number) => {
      window.frameTimes?.push(now - last);
      last = now;
      if (window.countFrames) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await act();
  const times = await page.evaluate(() => {
    window.countFrames = false;
    return window.frameTimes ?? [];
  });
  const sorted = times.slice(1).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), late: at(0.95), count: sorted.length };
}
