import { expect, type Locator, type Page } from "@playwright/test";
import { connectApi, makeWorkspace } from "./support/api.ts";
import { test } from "./support/browser.ts";
import { canvas, card, deskSize, edges, inspector, nodeOf, waitForRunOnCanvas } from "./support/designer.ts";
import { addClients, clients, ids } from "./support/drawing.ts";
import { signIn } from "./support/people.ts";
import { buildMs } from "./support/settings.ts";

test.use({ viewport: deskSize });

/** A opens the search; Enter puts the first answer on the canvas, with the focus on it. */
async function addByKeys(page: Page, title: string, id: string): Promise<void> {
  await page.keyboard.press("a");
  await expect(page.getByRole("combobox", { name: "Add a module" })).toBeFocused();
  await page.keyboard.type(title);
  await expect(page.getByRole("option", { name: new RegExp(`^${title}`) }).first()).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.keyboard.press("Enter");
  await expect(nodeOf(page, id)).toBeFocused();
}

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, wanted: () => Promise<boolean>, key = "Tab", most = 60): Promise<void> {
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await wanted()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`what is wanted was not reached with ${most} times ${key}`);
}

const focusIs = (page: Page, selector: string, name: RegExp) => async () =>
  page.evaluate(
    ([css, pattern, flags]) => {
      const now = document.activeElement;
      const words = `${now?.getAttribute("aria-label") ?? ""} ${now?.textContent ?? ""}`;
      return now?.matches(css ?? "") === true && new RegExp(pattern ?? "", flags).test(words);
    },
    [selector, name.source, name.flags] as const,
  );

/** Opens the choice that has the focus, goes down to an option, and takes it. */
async function chooseByKeys(page: Page, field: Locator, option: string): Promise<void> {
  await expect(field).toBeFocused();
  await page.keyboard.press("Enter");
  const wanted = page.getByRole("option", { name: option });
  await expect(wanted).toBeVisible();
  const isReached = async () => (await wanted.getAttribute("data-highlighted")) !== null;
  await expect(async () => {
    if (!(await isReached())) await page.keyboard.press("ArrowDown");
    expect(await isReached()).toBe(true);
  }).toPass({ intervals: [50] });
  await page.keyboard.press("Enter");
  await expect(field).toContainText(option);
  await expect(field).toBeFocused();
}

/** C on the focused step, then which of its outputs where it has several, then the other step. */
async function connectByKeys(page: Page, target: RegExp, from?: RegExp): Promise<void> {
  const before = await edges(page).count();
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog", { name: /^Connect/ });
  await expect(dialog).toBeVisible();
  if (from) {
    await tabTo(page, focusIs(page, "[role=dialog] button", from));
    await page.keyboard.press("Enter");
  }
  await tabTo(page, focusIs(page, "[role=dialog] button", target));
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(edges(page)).toHaveCount(before + 1);
}

test("a pipeline is built and run with the keyboard alone", async ({ page }) => {
  test.setTimeout(buildMs * 2);
  const studio = await connectApi();
  const workspace = await makeWorkspace(studio, "By keys");
  await addClients(studio, workspace);
  await signIn(page, `/${workspace}/designer`);

  await test.step("N starts a pipeline", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Designer" })).toBeVisible();
    await page.keyboard.press("n");
    await expect(canvas(page)).toBeVisible({ timeout: 60_000 });
  });

  await test.step("the dataset comes from the palette", async () => {
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Find a module" })).toBeFocused();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Find a dataset" })).toBeFocused();
    await page.keyboard.type(clients.name);
    await expect(page.locator("[data-palette-row]").filter({ hasText: clients.name })).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(nodeOf(page, ids.data)).toBeVisible();
  });

  await test.step("A adds steps, C connects them", async () => {
    await addByKeys(page, "Import Data", ids.import);
    await addByKeys(page, "Clean Missing Data", ids.clean);
    await addByKeys(page, "Summarize Data", "summarize_data");
    await page.keyboard.press("Escape");
    // Arrows move what is selected, and go from step to step while nothing is.
    await expect(nodeOf(page, "summarize_data")).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(nodeOf(page, ids.clean)).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(nodeOf(page, ids.import)).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(nodeOf(page, ids.data)).toBeFocused();
    await connectByKeys(page, /Import Data/);
    await page.keyboard.press("ArrowDown");
    await expect(nodeOf(page, ids.import)).toBeFocused();
    await connectByKeys(page, /Clean Missing Data/);
  });

  await test.step("Enter opens the parameters, Tab goes through them", async () => {
    await page.keyboard.press("ArrowDown");
    await expect(nodeOf(page, ids.clean)).toBeFocused();
    await connectByKeys(page, /Summarize Data/, /Cleaned dataset/);
    await page.keyboard.press("Enter");
    await expect(inspector(page).getByRole("button", { name: /^Columns to be cleaned/ })).toBeFocused();
    await tabTo(page, focusIs(page, "[role=combobox]", /Custom substitution value/));
    await chooseByKeys(
      page,
      inspector(page).getByRole("combobox", { name: "Cleaning mode" }),
      "Replace with mode",
    );
    await expect(page.getByRole("button", { name: /^Validate/ })).toContainText("no faults");
  });

  await test.step("Space shows what a step gives", async () => {
    await page.keyboard.press("Control+f");
    await page.keyboard.type("Clean");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await expect(nodeOf(page, ids.clean)).toBeFocused();
    await page.keyboard.press("Space");
    const shown = card(page, "Cleaned dataset of Clean Missing Data");
    await expect(shown).toContainText("nothing missing", { timeout: buildMs });
    await page.keyboard.press("Escape");
    await expect(shown).toBeHidden();
    await expect(nodeOf(page, ids.clean)).toBeFocused();
  });

  await test.step("Ctrl Enter runs it", async () => {
    await nodeOf(page, ids.clean).press("Control+Enter");
    // The key runs the pipeline; what is selected stays.
    await expect(nodeOf(page, ids.clean)).toHaveClass(/selected/);
    const dialog = page.getByRole("dialog", { name: "Run the pipeline" });
    await expect(dialog).toBeVisible();
    await tabTo(page, focusIs(page, "[role=combobox]", /first that is free/));
    await chooseByKeys(page, dialog.getByRole("combobox", { name: "Default compute" }), "docker");
    await tabTo(page, focusIs(page, "button[type=submit]", /Run/));
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await waitForRunOnCanvas(page, "3 of 3 steps");
  });

  await test.step("the outline says how each step went", async () => {
    const outline = page.getByRole("navigation", { name: "Outline of steps" });
    for (const title of ["Import Data", "Clean Missing Data", "Summarize Data"])
      await expect(
        outline.getByRole("button", { name: new RegExp(`^${title} ?, (Completed|Reused)`) }),
      ).toHaveCount(1);
  });
});
