import { type Browser, chromium, type Page } from "@playwright/test";
import { findBrowser } from "../../scripts/testing/machine.ts";
import { dragThing, pan, zoom } from "./acts.ts";
import { type Frames, measureFrames } from "./frames.ts";
import { type Grid, gap, makeGrid, makePipeline } from "./make-pipeline.ts";
import { makePlainPage, type View } from "./plain-page.ts";
import { openStudio, type Studio } from "./studio.ts";

/**
 * Frames of the designer in a real browser, on drafts of 500 and 2,000 steps, beside a page with as many plain boxes
 * that is moved in the same way in the same run. Needs a studio that runs, best a built one: `ATELIER_URL`,
 * `ATELIER_ADMIN_EMAIL`, `ATELIER_ADMIN_PASSWORD`. Arguments: numbers of steps.
 */

const timeoutMs = 180_000;
const asked = process.argv.slice(2).flatMap((text) => (/^\d+$/.test(text) ? Number(text) : []));
const acts = { pan, zoom, "drag one": dragThing, "drag 50": dragThing };
type Act = keyof typeof acts;

interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

function tell(name: string, frames: Frames): string {
  const ms = (value: number) => value.toFixed(1).padStart(5);
  return [
    name.padEnd(8),
    `${ms(frames.median)} / ${ms(frames.late)}, ${frames.perSecond.toFixed(0).padStart(2)} a second`,
    `page ${ms(frames.main)} (scripts ${ms(frames.scripts)}, style ${ms(frames.styleAndLayout)}, paint ${ms(frames.paint)})`,
    `pixels ${ms(frames.pixels)}`,
  ].join(" · ");
}

async function signIn(browser: Browser, studio: Studio): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(timeoutMs);
  await page.goto(`${studio.url}/sign-in`, { timeout: timeoutMs, waitUntil: "networkidle" });
  await page.getByLabel("E-mail").fill(studio.email);
  await page.getByLabel("Password", { exact: true }).fill(studio.password);
  await page.getByRole("button", { name: /sign in/i }).click();
  await page.waitForURL((address) => !address.pathname.includes("sign-in"), { timeout: timeoutMs });
  return page;
}

/** Where the canvas is in the window, and what of it is seen. */
async function readRoom(page: Page): Promise<{ room: Rect; view: View }> {
  const room = await page.locator(".react-flow__pane").boundingBox();
  if (!room) throw new Error("there is no canvas");
  const text = await page.locator(".react-flow__viewport").evaluate((element) => element.style.transform);
  const [x = 0, y = 0, zoom = 1] = (text.match(/-?[\d.]+/g) ?? []).map(Number);
  return { room, view: { x, y, zoom } };
}

/** The step nearest to the middle of what is seen, of those with room around. */
function findMiddle(grid: Grid, room: Rect, view: View): number {
  const middle = { x: (room.width / 2 - view.x) / view.zoom, y: (room.height / 2 - view.y) / view.zoom };
  const far = (index: number) => {
    const { x, y } = grid.place(index);
    return Math.hypot(x + 123 - middle.x, y + 28 - middle.y);
  };
  return [...Array(grid.count).keys()].reduce((best, index) => (far(index) < far(best) ? index : best), 0);
}

/** Ten by five steps around the middle of the field. */
function listBlock({ count, columns }: Grid): number[] {
  const first = { column: Math.floor(columns / 2) - 2, row: Math.floor(count / columns / 2) - 5 };
  return Array.from(
    { length: 50 },
    (_, index) => (first.row + Math.floor(index / 5)) * columns + first.column + (index % 5),
  );
}

async function chooseBlock(page: Page, grid: Grid, block: readonly number[]): Promise<void> {
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await page.waitForTimeout(1_500);
  const { room, view } = await readRoom(page);
  const corner = (index: number, x: number, y: number) => {
    const at = grid.place(index);
    return { x: room.x + view.x + (at.x + x) * view.zoom, y: room.y + view.y + (at.y + y) * view.zoom };
  };
  const from = corner(block[0] ?? 0, -gap.x / 2, -gap.y / 2);
  const to = corner(block.at(-1) ?? 0, 246 + gap.x / 2, 56 + gap.y / 2);
  await page.keyboard.down("Shift");
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
}

/** Brings the view to where it is measured, with nothing or the block chosen. */
async function prepare(page: Page, grid: Grid, all: boolean, block: readonly number[]): Promise<void> {
  await page.keyboard.press("Escape");
  if (block.length > 0) await chooseBlock(page, grid, block);
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await page.waitForTimeout(1_000);
  if (!all) await page.getByTitle("Back to 100 %").click();
  await page.waitForTimeout(1_500);
}

async function compare(page: Page, plain: Page, grid: Grid, all: boolean, act: Act): Promise<void> {
  const block = act === "drag 50" ? listBlock(grid) : [];
  await page.bringToFront();
  await prepare(page, grid, all, block);
  const { room, view } = await readRoom(page);
  const middle = act === "drag 50" ? (block[22] ?? 0) : findMiddle(grid, room, view);
  const at = grid.place(middle);
  // A step is taken at its left, where no line runs; the canvas beside it, between two columns.
  const point = {
    x: view.x + (at.x + (act.startsWith("drag") ? 30 : -gap.x / 2)) * view.zoom,
    y: view.y + (at.y + 28) * view.zoom,
  };
  const ours = await measureFrames(page, () => acts[act](page, { x: room.x + point.x, y: room.y + point.y }));
  await plain.bringToFront();
  await plain.setContent(makePlainPage(grid, room, view, block));
  await plain.waitForTimeout(800);
  const limit = await measureFrames(plain, () => acts[act](plain, point));
  const ratio = (key: "median" | "main") => (ours[key] / limit[key]).toFixed(2);
  console.log(`  ${tell(act, ours)}`);
  console.log(`  ${tell("  plain", limit)} · ratios: frame ${ratio("median")}, page ${ratio("main")}`);
}

const studio = await openStudio();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? findBrowser() ?? "chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const page = await signIn(browser, studio);
  const plain = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  console.log("Between frames in ms: median / 95 in 100 are shorter. Then processor time of a frame in ms.");
  for (const count of asked.length > 0 ? asked : [500, 2_000]) {
    const grid = makeGrid(count);
    const draft = await studio.addDraft(`${count} steps`, makePipeline(grid));
    const start = performance.now();
    await page.bringToFront();
    await page.goto(`${studio.url}/${studio.workspace}/designer/${draft}`, { timeout: timeoutMs });
    await page.waitForSelector(".react-flow__node");
    console.log(`${count} steps, drawn after ${Math.round(performance.now() - start)} ms`);
    await page.waitForTimeout(3_000);
    for (const all of [false, true]) {
      console.log(all ? " all in view" : " 100 %");
      for (const act of Object.keys(acts) as Act[]) await compare(page, plain, grid, all, act);
    }
    await studio.removeDraft(draft);
  }
} finally {
  await browser.close();
}
