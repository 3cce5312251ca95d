import { expect, type Page } from "@playwright/test";
import { addDataset, connectApi, makeWorkspace } from "./support/api.ts";
import { test, visit } from "./support/browser.ts";
import { signIn } from "./support/people.ts";
import { bankCsv } from "./support/settings.ts";

/** Three runs as an MLflow client would log them: they need no compute. */
async function logRuns(token: string, workspace: string): Promise<void> {
  const base = `${process.env.ATELIER_URL}/mlflow/${workspace}/api/2.0/mlflow`;
  const ask = async (path: string, body: unknown) => {
    const answer = await fetch(`${base}/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { run: { info: { run_id: string } } };
  };
  for (const [index, name] of ["first", "second", "third"].entries()) {
    const { run } = await ask("runs/create", {
      experiment_id: "0",
      run_name: name,
      start_time: Date.now() + index,
    });
    const { run_id } = run.info;
    await ask("runs/log-metric", { run_id, key: "AUC", value: 0.7 + index / 100, timestamp: Date.now() });
    await ask("runs/update", { run_id, status: "FINISHED", end_time: Date.now() });
  }
}

const focused = (page: Page) => page.locator("[role=row]:focus");

test("the studio works from the keyboard", async ({ page }) => {
  const studio = await connectApi();
  const workspace = await makeWorkspace(studio, "Keyboard");
  await addDataset(studio, workspace, "bank-marketing", bankCsv);
  await logRuns(studio.token, workspace);
  await signIn(page, `/${workspace}`);
  await expect(page.getByRole("heading", { level: 1, name: "Keyboard" })).toBeVisible();

  await test.step("G then R goes to the runs; J, K and X move and select; C compares", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await expect(page).toHaveURL(`/${workspace}/runs`);
    const grid = page.getByRole("grid", { name: "Runs" });
    await expect(grid.getByRole("rowheader")).toHaveCount(3);
    await page.keyboard.press("j");
    await expect(focused(page)).toContainText("third");
    await page.keyboard.press("j");
    await expect(focused(page)).toContainText("second");
    await page.keyboard.press("j");
    await expect(focused(page)).toContainText("first");
    await page.keyboard.press("k");
    await expect(focused(page)).toContainText("second");
    await page.keyboard.press("x");
    await expect(page.getByRole("status").filter({ hasText: "1 selected" })).toBeVisible();
    await page.keyboard.press("k");
    await page.keyboard.press("x");
    await expect(page.getByRole("status").filter({ hasText: "2 selected" })).toBeVisible();
    await page.keyboard.press("c");
    await expect(page).toHaveURL(/\/runs\/compare\?runs=/);
    await page.goBack();
    await expect(grid.getByRole("rowheader")).toHaveCount(3);
  });

  await test.step("Enter opens the row", async () => {
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "third" })).toBeVisible();
  });

  await test.step("Ctrl K finds things and verbs", async () => {
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox", { name: "Search or jump to" });
    await expect(field).toBeFocused();
    await page.keyboard.type("bank");
    await expect(page.getByRole("option", { name: /bank-marketing/ })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "bank-marketing" })).toBeVisible();
    await page.keyboard.press("Control+k");
    await page.keyboard.type(">dark");
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  await test.step("a letter in a field is a letter", async () => {
    await visit(page, `/${workspace}/data`);
    await page.getByRole("searchbox", { name: "Find a dataset" }).fill("");
    await page.keyboard.type("gr?");
    await expect(page).toHaveURL(/\/data\?q=gr/);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  await test.step("? shows all keys, Esc closes it and gives the focus back", async () => {
    await page.getByRole("searchbox", { name: "Find a dataset" }).blur();
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await expect(keys.getByText("Search or jump to")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(keys).toBeHidden();
  });
});
