import { expect, type Locator, type Page } from "@playwright/test";
import { visit } from "./browser.ts";

/** Chooses in a select as a person does: opens it by its name and clicks the option. */
export async function choose(page: Page, field: Locator, option: RegExp | string): Promise<void> {
  await field.click();
  await page.getByRole("option", { name: option }).click();
}

export interface NewRun {
  name: string;
  experiment?: string;
  /** The folder with the code. */
  folder: string;
  /** With `${{inputs.…}}`. */
  command: string;
  dataset: string;
}

/** Fills in the form of a new run that reads one dataset, and starts it on the container engine. */
export async function startRun(page: Page, workspace: string, run: NewRun): Promise<void> {
  await visit(page, `/${workspace}/runs`);
  await page.getByRole("link", { name: "New run" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "New run" })).toBeVisible();
  await page.getByRole("textbox", { name: /^Name( optional)?$/ }).fill(run.name);
  if (run.experiment) await page.getByLabel("Experiment").fill(run.experiment);
  await page.getByLabel("Drop the folder of your script").setInputFiles(run.folder);
  await expect(page.getByRole("button", { name: "Replace" })).toBeVisible();

  await page.getByRole("button", { name: "Data", exact: true }).click();
  await choose(page, page.getByRole("combobox", { name: "Dataset of data" }), new RegExp(`^${run.dataset}`));
  await page.getByLabel("Command").fill(run.command);
  await choose(page, page.getByLabel("Environment"), /^sklearn-1\.5/);
  await choose(page, page.getByLabel("Compute"), /^docker/);
  await page.getByRole("button", { name: "Start run" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: run.name })).toBeVisible();
}
