import { type BrowserContext, expect, type Page } from "@playwright/test";
import axe from "axe-core";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

/** Every page that is opened from now on brings axe with it. */
export async function bringAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript(axe.source);
}

/** In words, one for each element and rule; `colours` asks only the rules that look at colours. */
export async function findFaults(page: Page, only: "all" | "colours" = "all"): Promise<string[]> {
  // Frames are not looked into: what is in one would not be seen.
  expect(page.frames(), page.url()).toHaveLength(1);
  return page.evaluate(
    async ({ tags, colours }) => {
      const { axe: here } = window as unknown as { axe: typeof axe };
      const rules = here.getRules(tags).filter((rule) => !colours || rule.tags.includes("cat.color"));
      const { violations } = await here.run(document, {
        runOnly: colours ? rules.map(({ ruleId }) => ruleId) : tags,
        resultTypes: ["violations"],
        // No rule of these standards reads the sheets, which axe would fetch and parse anew on each page.
        preload: { assets: ["media"] },
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}\n${failureSummary ?? ""}`),
      );
    },
    { tags: standards, colours: only === "colours" },
  );
}

/** What the page is made of, whatever its theme. */
export function readMarkup(page: Page): Promise<string> {
  return page.evaluate(() => document.documentElement.outerHTML.replace(/ data-theme="\w+"/, ""));
}
