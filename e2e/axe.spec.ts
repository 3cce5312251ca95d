import { readdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { newPerson, test, visit } from "./support/browser.ts";
import { ensureDemo } from "./support/demo.ts";
import { listVisits, type Visit } from "./support/pages.ts";
import { signIn } from "./support/people.ts";
import { buildMs } from "./support/settings.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const app = join(import.meta.dirname, "..", "app");

/** Opens a page and waits until what it is about is there. */
async function open(page: Page, { path, shows }: Visit): Promise<void> {
  await visit(page, path);
  const heading = page.getByRole("heading", { name: shows, exact: typeof shows === "string" }).first();
  await expect(heading, path).toBeVisible();
  await expect(page.locator("[aria-busy=true]"), path).toHaveCount(0);
  await expect(page.getByRole("status", { name: /^Loading/ }), path).toHaveCount(0);
}

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
    pipelineEndpoint: "",
    inviteToken: "",
  };
  expect([...new Set(listVisits(demo).map(({ file }) => file))].sort()).toEqual(files.sort());
});

test("axe finds nothing on any page, light and dark", async ({ browser }) => {
  test.setTimeout(buildMs * 4);
  const visits = listVisits(await ensureDemo());
  const look = { colorScheme: "light", reducedMotion: "reduce" } as const;
  const person = await newPerson(browser, look);
  const stranger = await newPerson(browser, look);
  await signIn(person);
  for (const visit of visits) {
    const page = visit.stranger ? stranger : person;
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme });
      if (theme === "light") await open(page, visit);
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}\n${failureSummary ?? ""}`),
      );
      expect.soft(found, `${visit.path}, ${theme}`).toEqual([]);
    }
  }
});
