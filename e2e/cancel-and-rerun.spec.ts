import { expect, type Page } from "@playwright/test";
import { addDataset, connectApi, makeWorkspace } from "./support/api.ts";
import { test, visit } from "./support/browser.ts";
import { startRun } from "./support/new-run.ts";
import { fillSignIn, signIn } from "./support/people.ts";
import { bankCsv, buildMs, storyFolder } from "./support/settings.ts";

const status = (page: Page, word: string) => page.getByRole("main").getByText(word, { exact: true }).first();
const runName = (page: Page) => page.getByRole("textbox", { name: /^Name( optional)?$/ });
const log = (page: Page) => page.getByRole("region", { name: /^Log of .*, lines$/ });

test("a run is canceled, run again, and cloned with a change", async ({ page }) => {
  test.setTimeout(buildMs * 2);
  const studio = await connectApi();
  const workspace = await makeWorkspace(studio, "Cancel and rerun");
  await addDataset(studio, workspace, "bank-marketing", bankCsv);
  await signIn(page, `/${workspace}`);

  const command = "python train.py --data ${{inputs.data}} --rounds 3 --pause 30";
  await startRun(page, workspace, {
    name: "too slow",
    folder: storyFolder,
    command,
    dataset: "bank-marketing",
  });
  const firstAddress = page.url();

  await test.step("cancel while it prints", async () => {
    await expect(log(page)).toContainText("round 1: AUC", { timeout: buildMs });
    await page.getByRole("button", { name: "Cancel run" }).first().click();
    await expect(status(page, "Canceled")).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole("button", { name: "Cancel run" })).toHaveCount(0);
    // What it had printed is kept.
    await expect(log(page)).toContainText("round 1: AUC");
  });

  await test.step("run again: the same job as a new run", async () => {
    await page.getByRole("button", { name: "Run again" }).first().click();
    await expect(page).not.toHaveURL(firstAddress);
    await expect(page.getByRole("button", { name: "Cancel run" }).first()).toBeVisible();
    await page.getByRole("button", { name: "Cancel run" }).first().click();
    await expect(status(page, "Canceled")).toBeVisible({ timeout: 60_000 });
  });

  await test.step("clone and edit: the form has the old job, the new run has the change", async () => {
    await visit(page, firstAddress);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Clone and edit" }).click();
    await expect(page.getByText("from too slow")).toBeVisible();
    await expect(page.getByLabel("Command")).toHaveValue(command);
    await page.getByLabel("Command").fill(command.replace("--pause 30", "--pause 0"));
    await runName(page).fill("fast enough");
  });

  await test.step("the session ends on the way: what was entered is there again after signing in", async () => {
    await page.context().clearCookies();
    await page.getByRole("button", { name: "Start run" }).first().click();
    await expect(page.getByText("You were signed out").first()).toBeVisible();
    // A toast of this urgency is read out by itself, and hidden from roles while the page has the focus.
    await page.locator("button", { hasText: "Sign in" }).click();
    await expect(page).toHaveURL(/\/sign-in\?/);
    await fillSignIn(page);
    await expect(page.getByText("What you had entered here is back.")).toBeVisible();
    await expect(runName(page)).toHaveValue("fast enough");
    await page.getByRole("button", { name: "Start run" }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "fast enough" })).toBeVisible();
    await expect(status(page, "Completed")).toBeVisible({ timeout: buildMs });
    await expect(log(page)).toContainText("done: AUC");
  });
});
