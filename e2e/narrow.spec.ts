import { expect } from "@playwright/test";
import { test } from "./support/browser.ts";
import { ensureDemo } from "./support/demo.ts";
import { signIn } from "./support/people.ts";
import { buildMs } from "./support/settings.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("at 390 px the navigation is a drawer, and the verbs are in reach", async ({ page }) => {
  test.setTimeout(buildMs * 4);
  const { workspace } = await ensureDemo();
  await signIn(page, `/${workspace}`);
  await expect(page.getByRole("complementary", { name: "Navigation" })).toBeHidden();
  await page.getByRole("button", { name: "Open the navigation" }).click();
  const drawer = page.getByRole("dialog", { name: "Navigation" });
  await drawer.getByRole("link", { name: "Runs" }).click();
  await expect(page).toHaveURL(`/${workspace}/runs`);
  await expect(drawer).toBeHidden();
  const start = page.getByRole("link", { name: "New run" });
  await expect(start).toBeInViewport();
  expect((await start.boundingBox())?.height).toBeGreaterThanOrEqual(44);
});
