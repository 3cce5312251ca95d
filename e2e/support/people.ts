import { expect, type Page } from "@playwright/test";
import { awaken, visit } from "./browser.ts";
import { administrator } from "./settings.ts";

/** Signs in on the sign-in page that stands between the person and `path`, and waits for the page they wanted. */
export async function signIn(page: Page, path = "/", person = administrator()): Promise<void> {
  await visit(page, path);
  await fillSignIn(page, person);
}

/** Signs in on the page that is open, and waits for the one that was wanted. */
export async function fillSignIn(page: Page, person = administrator()): Promise<void> {
  await awaken(page);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/\/sign-in/);
  await awaken(page);
}
