import type { Page } from "@playwright/test";

interface Point {
  x: number;
  y: number;
}

/** Inputs come as often as a mouse sends them to a page: once a frame. */
const everyMs = 16;
const steps = 90;

/** Sends inputs at a steady pace, whether or not the page has dealt with the one before. */
async function pace(count: number, send: (step: number) => Promise<unknown>): Promise<void> {
  const sent: Promise<unknown>[] = [];
  const start = performance.now();
  for (let step = 0; step < count; step += 1) {
    sent.push(send(step));
    const wait = start + (step + 1) * everyMs - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
  await Promise.all(sent);
}

async function drag(page: Page, from: Point, place: (step: number) => Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await pace(steps, (step) => {
    const at = place(step);
    return page.mouse.move(at.x, at.y);
  });
  await page.mouse.up();
}

/** Moves the canvas in a wide curve. */
export function pan(page: Page, from: Point): Promise<void> {
  return drag(page, from, (step) => ({
    x: from.x + Math.sin(step / 12) * 260,
    y: from.y + Math.sin(step / 9) * 180,
  }));
}

/** In and out again. */
export async function zoom(page: Page, at: Point): Promise<void> {
  await page.mouse.move(at.x, at.y);
  await pace(steps, (step) => page.mouse.wheel(0, step % 30 < 15 ? 40 : -40));
}

/** Moves what is under the pointer. */
export function dragThing(page: Page, from: Point): Promise<void> {
  return drag(page, from, (step) => ({
    x: from.x + Math.sin(step / 20) * 160,
    y: from.y + Math.sin(step / 8) * 60,
  }));
}
