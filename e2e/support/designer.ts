import { expect, type Locator, type Page } from "@playwright/test";
import { visit } from "./browser.ts";
import { choose } from "./new-run.ts";
import { buildMs } from "./settings.ts";

export interface Place {
  x: number;
  y: number;
}

/** One end of a line. */
export interface PortName {
  node: string;
  port: string;
}

/** Room for the eight steps at their full size. */
export const deskSize = { width: 1440, height: 980 };

export const canvas = (page: Page): Locator => page.getByRole("application", { name: /^Canvas\./ });
export const nodeOf = (page: Page, id: string): Locator =>
  canvas(page).locator(`.react-flow__node[data-id="${id}"]`);
export const nodes = (page: Page): Locator => canvas(page).locator(".react-flow__node");
export const edges = (page: Page): Locator => canvas(page).locator(".react-flow__edge");
const portOf = (page: Page, side: "in" | "out", { node, port }: PortName): Locator =>
  canvas(page).locator(`[data-port="${node}.${side}.${port}"]`);
const palette = (page: Page): Locator => page.getByRole("complementary", { name: "Palette" });
export const inspector = (page: Page): Locator => page.getByRole("complementary", { name: "Inspector" });
/** The card beside a port: what it holds. */
export const card = (page: Page, name: string): Locator => canvas(page).getByRole("region", { name });

/** Starts a draft with nothing in it; returns its id. */
export async function openNewDraft(page: Page, workspace: string): Promise<string> {
  await visit(page, `/${workspace}/designer`);
  await page.getByRole("button", { name: "New pipeline" }).first().click();
  await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Drag a module here from the left")).toBeVisible();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

export async function openDraft(page: Page, workspace: string, draft: string): Promise<void> {
  await visit(page, `/${workspace}/designer/${draft}`);
  await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
}

/** Drags something out of the palette to a place of the canvas, counted from its corner. */
export async function dragFromPalette(
  page: Page,
  tab: "Modules" | "Data" | "Models",
  title: string,
  place: Place,
): Promise<void> {
  const pane = palette(page);
  await pane.getByRole("button", { name: tab, exact: true }).click();
  await pane.getByRole("searchbox").fill(title);
  const row = pane.locator("[data-palette-row]").filter({ hasText: title }).first();
  const before = await nodes(page).count();
  const corner = await cornerOf(canvas(page));
  await row.hover();
  await page.mouse.down();
  await page.mouse.move(corner.x + place.x, corner.y + place.y, { steps: 5 });
  await page.mouse.up();
  await expect(nodes(page)).toHaveCount(before + 1);
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not in view`);
  return box;
}

export const cornerOf = (locator: Locator): Promise<Place> => boxOf(locator);

async function middleOf(locator: Locator): Promise<Place> {
  const box = await boxOf(locator);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws a line from an output to an input, with the mouse. */
export async function drawLine(page: Page, from: PortName, to: PortName): Promise<void> {
  const before = await edges(page).count();
  await pullLine(page, from, to);
  await page.mouse.up();
  await expect(edges(page)).toHaveCount(before + 1);
}

/** Pulls a line out of an output and holds it over an input. */
export async function pullLine(page: Page, from: PortName, to: PortName): Promise<void> {
  const start = await middleOf(portOf(page, "out", from));
  const end = await middleOf(portOf(page, "in", to));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
}

/** Selects a step with a click on its name. */
export async function selectNode(page: Page, id: string): Promise<void> {
  await nodeOf(page, id).click({ position: { x: 60, y: 20 } });
  await expect(nodeOf(page, id)).toHaveClass(/selected/);
}

/** Points at an output until the card with its data is there. */
export async function lookAtPort(page: Page, at: PortName, title: string): Promise<Locator> {
  // From elsewhere: a pointer that is there already does not come in.
  await page.mouse.move(0, 0);
  await portOf(page, "out", at).hover();
  const found = card(page, title);
  await expect(found).toBeVisible();
  return found;
}

/** Closes every card that is open. */
export async function closeCards(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.keyboard.press("Escape");
}

/** Fills in the dialog that the first run shows, and starts it. */
export async function runWith(page: Page, { compute }: { compute: string }): Promise<void> {
  await page.getByRole("button", { name: /^Run/ }).first().click();
  const dialog = page.getByRole("dialog", { name: "Run the pipeline" });
  await choose(page, dialog.getByLabel("Default compute"), new RegExp(`^${compute}`));
  await dialog.getByRole("button", { name: "Run", exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Waits until the strip over the canvas says that the run is complete, and how many steps that took. */
export async function waitForRunOnCanvas(page: Page, steps: string): Promise<void> {
  const strip = page
    .locator(".react-flow__panel")
    .filter({ has: page.getByRole("link", { name: "Open", exact: true }) });
  await expect(strip).toContainText(steps, { timeout: buildMs });
  await expect(strip).toContainText("Completed");
}
