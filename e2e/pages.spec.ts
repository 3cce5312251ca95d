import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { bringAxe, findFaults, readMarkup } from "./support/axe.ts";
import { newPerson, test } from "./support/browser.ts";
import { ensureDemo } from "./support/demo.ts";
import { listVisits, openVisit } from "./support/pages.ts";
import { signIn } from "./support/people.ts";
import { buildMs } from "./support/settings.ts";

const app = join(import.meta.dirname, "..", "app");
const wide = { width: 1280, height: 800 };
const narrow = { width: 390, height: 844 };
const expectSoft = expect.configure({ soft: true });

test("the list of visited pages is that of the app", async () => {
  const files = readdirSync(app, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === "page.tsx")
    .map((entry) => join(entry.parentPath, entry.name).slice(app.length + 1));
  const none = { best: "", other: "", failed: "" };
  const demo = {
    workspace: "",
    dataset: "",
    runs: none,
    model: "",
    endpoint: "",
    draft: "",
    pipelines: { best: "", other: "", evaluation: "" },
    service: "",
    pipelineEndpoint: "",
    inviteToken: "",
  };
  expect([...new Set(listVisits(demo).map(({ file }) => file))].sort()).toEqual(files.sort());
});

test("axe finds nothing on any page, light and dark, and none scrolls sideways at 390 px", async ({
  browser,
}) => {
  test.setTimeout(buildMs * 4);
  const visits = listVisits(await ensureDemo());
  const look = { colorScheme: "light" } as const;
  const person = await newPerson(browser, look);
  const stranger = await newPerson(browser, look);
  for (const page of [person, stranger]) await bringAxe(page.context());
  await signIn(person);
  for (const visit of visits) {
    const page = visit.stranger ? stranger : person;
    await page.emulateMedia({ colorScheme: "light" });
    await openVisit(page, visit);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    expect.soft(await findFaults(page), `${visit.path}, light`).toEqual([]);
    const markup = await readMarkup(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    // A theme changes colours alone: what else axe found in the same markup, it would find again.
    const same = (await readMarkup(page)) === markup;
    expect.soft(await findFaults(page, same ? "colours" : "all"), `${visit.path}, dark`).toEqual([]);
    await page.setViewportSize(narrow);
    await expectSoft
      .poll(() => measureExcess(page), `${visit.path}, wider than 390 px by`)
      .toBeLessThanOrEqual(0);
    await page.setViewportSize(wide);
  }
});

/** By how many pixels the page is wider than the window, once it has taken the window's size. */
function measureExcess(page: Page): Promise<number> {
  return page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return document.documentElement.scrollWidth - window.innerWidth;
  });
}
