import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type Page,
} from "@playwright/test";

/** The second is what the page of that error makes of the next try. */
const networkChanged = /ERR_NETWORK_CHANGED|chrome-error:/;
const testEnded = /Test ended|has been closed/;
const tries = 5;

/**
 * Chromium drops every request under way when a network interface of its machine comes or goes, as each container
 * brings one. A person tries again; where it has no network of its own, the changing calls of a page are made by the
 * test's own process, which does not mind. Reading calls are made again by the page itself.
 */
async function keepCalls(context: BrowserContext): Promise<void> {
  if (process.env.ATELIER_TEST_SOCKET) return;
  await context.route("**/api/v1/**", async (route) => {
    const request = route.request();
    // An upload shows its progress only when the browser sends it.
    if (request.method() === "GET" || request.method() === "PUT") return route.continue();
    try {
      await route.fulfill({ response: await route.fetch({ timeout: 120_000 }) });
    } catch (error) {
      // A page may still be calling when its test is over.
      if (!testEnded.test(String(error))) throw error;
    }
  });
}

/** Waits until the page answers to keys and clicks: what is typed before React has taken it over is lost. */
export async function awaken(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const main = document.querySelector("main");
    return main !== null && Object.keys(main).some((key) => key.startsWith("__react"));
  });
}

/** Opens an address; again when the machine's network changed on the way. */
export async function visit(page: Page, path: string): Promise<void> {
  for (let left = tries; ; left -= 1) {
    try {
      await page.goto(path);
      return await awaken(page);
    } catch (error) {
      if (left === 0 || !networkChanged.test(String(error))) throw error;
    }
  }
}

/** A person with a browser of their own. */
export async function newPerson(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  await keepCalls(context);
  return context.newPage();
}

export const test = base.extend({
  context: async ({ context }, use) => {
    await keepCalls(context);
    await use(context);
  },
});
