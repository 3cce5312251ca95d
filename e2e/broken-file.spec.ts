import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { connectApi, makeWorkspace } from "./support/api.ts";
import { test } from "./support/browser.ts";
import { signIn } from "./support/people.ts";
import { bankCsv, bankRows } from "./support/settings.ts";

test("a file with a faulty line is refused with its line and column, and nothing is saved", async ({
  page,
}) => {
  const studio = await connectApi();
  const workspace = await makeWorkspace(studio, "Broken file");
  await signIn(page, `/${workspace}/data`);
  await expect(page.getByText("No data yet")).toBeVisible();

  const lines = readFileSync(bankCsv, "utf8").split("\n");
  const broken = lines.with(1203, `${lines[1203]},extra`).join("\n");
  await page.getByRole("button", { name: "Add data" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Bring in data" });
  await dialog
    .getByLabel("Drop a CSV or Parquet file")
    .setInputFiles({ name: "broken.csv", mimeType: "text/csv", buffer: Buffer.from(broken) });
  await dialog.getByRole("button", { name: "Add dataset" }).click();
  await expect(dialog.getByRole("alert")).toContainText("ine 1,204, column 22");
  await expect(dialog.getByRole("alert")).toContainText("22 fields where 21 were expected");
  expect((await studio.api.datasets.list({ workspace })).items).toEqual([]);

  // The same dialog takes the mended file.
  await dialog
    .getByLabel("broken.csv")
    .setInputFiles({ name: "broken.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) });
  await expect(dialog.getByRole("alert")).toBeHidden();
  await dialog.getByRole("button", { name: "Add dataset" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "broken" })).toBeVisible();
  await expect(page.getByText(`${bankRows.toLocaleString("en-US")} rows`, { exact: true })).toBeVisible();
});
