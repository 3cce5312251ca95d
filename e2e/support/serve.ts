import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";
import { visit } from "./browser.ts";
import { buildMs } from "./settings.ts";
import { readClipboard } from "./share.ts";

/** Registers the model that a completed run wrote, and opens its page. */
export async function registerModel(page: Page, name: string, version: number): Promise<void> {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Register model" }).click();
  const dialog = page.getByRole("dialog", { name: "Register a model" });
  await dialog.getByLabel("Registered as").fill(name);
  await dialog.getByRole("button", { name: "Register model" }).click();
  await expect(page.getByText(`${name} v${version} registered`)).toBeVisible();
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Version" })).toContainText(`v${version}`);
}

/** Waits until a deployment is said to be ready on the endpoint's page. */
export async function waitUntilReady(page: Page, deployment: string): Promise<void> {
  const row = page
    .getByRole("region", { name: "Traffic" })
    .getByRole("listitem")
    .filter({ hasText: deployment });
  await expect(row.getByText("1 of 1 ready")).toBeVisible({ timeout: buildMs });
}

/** The curl command of the page, with the key in it, as the copy button gives it. */
export async function copyCurl(page: Page, workspace: string, endpoint: string): Promise<string> {
  await visit(page, `/${workspace}/endpoints/${endpoint}?tab=code`);
  await page.getByRole("switch", { name: "Put the primary key in" }).click();
  const sample = page.getByRole("region", { name: `Call ${endpoint} with curl` });
  await expect(sample).toContainText("Authorization: Bearer");
  await expect(sample).not.toContainText("ENDPOINT_KEY");
  await page.getByRole("main").getByRole("button", { name: "Copy", exact: true }).click();
  return readClipboard(page);
}

/** Runs a command in a shell, as it stands, and reads what it prints as JSON. */
export async function runInShell(command: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)("sh", ["-c", command], { timeout: 60_000 });
  return JSON.parse(stdout);
}

/** What a caller needs, out of the curl command. */
export function readCurl(command: string): { url: string; key: string; body: string } {
  const find = (pattern: RegExp) => {
    const found = pattern.exec(command)?.[1];
    if (!found) throw new Error(`${pattern} is not in ${command}`);
    return found;
  };
  return { url: find(/^curl '([^']+)'/), key: find(/Bearer ([^']+)'/), body: find(/-d '([^']+)'/s) };
}
