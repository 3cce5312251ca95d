import { expect, type Page } from "@playwright/test";
import { visit } from "./browser.ts";
import { choose } from "./new-run.ts";

/** Slow enough that a file of some megabytes takes a moment, as it does outside one machine. */
const slowBytesPerSecond = 1_500_000;

/** Brings a file in on the data page, and looks at the progress of the upload. */
export async function uploadTable(page: Page, workspace: string, file: string): Promise<void> {
  await visit(page, `/${workspace}/data`);
  await page.getByRole("button", { name: "Add data" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Bring in data" });
  await dialog.getByLabel("Drop a CSV or Parquet file").setInputFiles(file);

  const network = await page.context().newCDPSession(page);
  const limit = (uploadThroughput: number) =>
    network.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await limit(slowBytesPerSecond);
  await dialog.getByRole("button", { name: "Add dataset" }).click();
  await expect(dialog.getByRole("progressbar", { name: /^Upload of/ })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0, { timeout: 60_000 });
  await limit(-1);
}

/** Keeps the rows whose column has the value. */
export async function filterRows(page: Page, column: string, value: string): Promise<void> {
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const form = page.getByRole("dialog", { name: "Keep rows where" });
  await choose(page, form.getByRole("combobox", { name: "Column" }), column);
  await form.getByLabel("Value").fill(value);
  await form.getByRole("button", { name: "Filter rows" }).click();
  await expect(page.getByRole("button", { name: `Remove ${column} = ${value}` })).toBeVisible();
}

/** What the first rows in view say, from the second column on. */
export async function readFirstRows(page: Page, table: string): Promise<string[]> {
  const rows = page.getByRole("grid", { name: `Rows of ${table}` }).locator("[data-row]");
  await expect(rows.first()).toBeVisible();
  return (await rows.allInnerTexts()).slice(0, 5);
}
