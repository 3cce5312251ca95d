import { readFileSync } from "node:fs";
import { type Browser, expect, type Page } from "@playwright/test";
import { connectApi, makeWorkspace } from "./support/api.ts";
import { newPerson, test, visit } from "./support/browser.ts";
import { filterRows, readFirstRows, uploadTable } from "./support/data.ts";
import { startRun } from "./support/new-run.ts";
import { signIn } from "./support/people.ts";
import { copyCurl, readCurl, registerModel, runInShell, waitUntilReady } from "./support/serve.ts";
import { bankCsv, bankRows, buildMs, storyFolder } from "./support/settings.ts";
import { acceptInvite, copyViewLink, inviteByLink } from "./support/share.ts";
import { startTraffic } from "./support/traffic.ts";

const id = Date.now().toString(36);
const workspace = `who-says-yes-${id}`;
const dataset = "bank-marketing";
const model = "who-says-yes";
const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
const command = (learningRate: string) =>
  `python train.py --data \${{inputs.data}} --rounds 6 --pause 1 --learning-rate ${learningRate}`;

const status = (page: Page, word: string) => page.getByRole("main").getByText(word, { exact: true }).first();
const log = (page: Page) => page.getByRole("region", { name: /^Log of .*, lines$/ });
/** A chart tells its newest value to who cannot see it. */
const auc = (page: Page) => page.getByRole("img", { name: /^AUC by step: AUC 0\.[78]\d+ at \d+/ });

/** Somebody with an account who is in another workspace. */
async function newStranger(browser: Browser): Promise<{ page: Page; email: string; password: string }> {
  const studio = await connectApi();
  const elsewhere = await makeWorkspace(studio, "Elsewhere");
  const { url } = await studio.api.members.invites.create({ workspace: elsewhere, role: "reader" });
  const account = { name: "Sam Stranger", email: `sam-${id}@example.com`, password: `sam-${id}-password` };
  await studio.api.members.invites.accept({ token: url.split("/").at(-1) ?? "", account });
  return { page: await newPerson(browser), ...account };
}

test("the whole life of a model, by an owner and an invited teammate", async ({ browser }) => {
  test.setTimeout(buildMs * 6);
  const owner = await newPerson(browser, clipboard);
  const mate = await newPerson(browser, clipboard);
  let sharedLink = "";

  await test.step("the owner signs in and makes a workspace", async () => {
    await signIn(owner, "/new-workspace");
    await owner.getByLabel("Name", { exact: true }).fill("Who says yes");
    await owner.getByLabel("Address").fill(workspace);
    await owner.getByRole("button", { name: "Create the workspace" }).click();
    await expect(owner).toHaveURL(`/${workspace}`);
    await expect(owner.getByRole("heading", { level: 1, name: "Who says yes is ready" })).toBeVisible();
  });

  await test.step("the owner uploads the table, looks at rows and profile", async () => {
    await uploadTable(owner, workspace, bankCsv);
    await expect(owner.getByRole("heading", { level: 1, name: dataset })).toBeVisible();
    await expect(owner.getByRole("combobox", { name: "Version" })).toContainText("v1");
    await expect(owner.getByText(`${bankRows.toLocaleString("en-US")} rows`, { exact: true })).toBeVisible();
    await owner.getByRole("link", { name: "Profile" }).click();
    const age = owner.getByRole("complementary", { name: "Profile of age" });
    await expect(age).toContainText("median");
    await expect(age.getByText("98", { exact: true })).toBeVisible();
    await owner.getByRole("link", { name: "Preview" }).click();
    await filterRows(owner, "job", "student");
    await owner.getByRole("columnheader", { name: /^age/ }).getByRole("button").click();
    await expect(owner.getByRole("columnheader", { name: /^age/ })).toHaveAttribute(
      "aria-sort",
      "descending",
    );
    const students = readFileSync(bankCsv, "utf8")
      .split("\n")
      .filter((line) => line.split(",")[1] === "student");
    await expect(owner.getByText(`of ${students.length.toLocaleString("en-US")}`)).toBeVisible();
    const oldest = Math.max(...students.map((line) => Number(line.split(",")[0])));
    expect((await readFirstRows(owner, dataset))[0]).toContain(String(oldest));
    sharedLink = await copyViewLink(owner);
  });

  await test.step("the owner invites a teammate by a link, who makes an account and sees the workspace", async () => {
    const link = await inviteByLink(owner, workspace, `tess-${id}@example.com`, "Contributor");
    await acceptInvite(mate, link, "Tess Teammate", `tess-${id}-password`);
    await expect(mate).toHaveURL(`/${workspace}`);
    await expect(mate.getByRole("heading", { level: 1, name: "Who says yes" })).toBeVisible();
    await expect(mate.getByRole("link", { name: dataset }).first()).toBeVisible();
  });

  await test.step("a link of the owner opens exactly that view", async () => {
    await visit(mate, sharedLink);
    await expect(mate.getByRole("button", { name: "Remove job = student" })).toBeVisible();
    await expect(mate.getByRole("columnheader", { name: /^age/ })).toHaveAttribute("aria-sort", "descending");
    await visit(owner, sharedLink);
    expect(await readFirstRows(mate, dataset)).toEqual(await readFirstRows(owner, dataset));
  });

  await test.step("a stranger with the link asks; the owner lets them in with one click", async () => {
    const stranger = await newStranger(browser);
    await signIn(stranger.page, sharedLink, stranger);
    await expect(stranger.page.getByRole("heading", { name: "Not found, or no access" })).toBeVisible();
    await stranger.page.getByRole("button", { name: "Ask to be let in" }).click();
    await expect(stranger.page.getByText("Asked.", { exact: false })).toBeVisible();
    await stranger.page.reload();
    await expect(stranger.page.getByText("Asked.", { exact: false })).toBeVisible();
    await visit(owner, `/${workspace}/settings/members`);
    await expect(owner.getByRole("heading", { name: "1 person asks to be let in" })).toBeVisible();
    await owner.getByRole("button", { name: "Let in" }).click();
    await expect(owner.getByText("Sam Stranger is in, as reader")).toBeVisible();
    await expect(stranger.page.getByRole("button", { name: "Remove job = student" })).toBeVisible({
      timeout: 40_000,
    });
    await stranger.page.context().close();
  });

  await test.step("the teammate starts a run; both see it live", async () => {
    await visit(owner, `/${workspace}/runs`);
    await expect(owner.getByText("No runs yet")).toBeVisible();
    await startRun(mate, workspace, {
      name: "boosted trees",
      experiment: "who-says-yes",
      folder: storyFolder,
      command: command("0.1"),
      dataset,
    });
    // The owner's list has it without being asked again.
    await expect(owner.getByRole("link", { name: "boosted trees" })).toBeVisible();
    await expect(status(mate, "Running")).toBeVisible({ timeout: buildMs });
    await expect(log(mate)).toContainText(/\d+ rows to learn from/, { timeout: 60_000 });
    await expect(log(mate)).toContainText("round 2: AUC", { timeout: 60_000 });
    await expect(auc(mate)).toBeVisible();
    await expect(status(mate, "Running")).toBeVisible();
    await expect(status(mate, "Completed")).toBeVisible({ timeout: 120_000 });
    await expect(log(mate)).toContainText(/done: AUC 0\.[78]\d+ on \d+ held-out rows/);
    await expect(auc(mate)).toHaveAccessibleName(/at 6$/);
    await expect(owner.getByRole("row", { name: /boosted trees/ })).toContainText("Completed");
  });

  await test.step("the model is registered from the run, with its lineage", async () => {
    await registerModel(mate, model, 1);
    const lineage = mate.getByRole("region", { name: "Lineage" });
    await expect(lineage.getByRole("link", { name: new RegExp(`Dataset.*${dataset}`) })).toBeVisible();
    await expect(lineage.getByRole("link", { name: /Run.*boosted trees/ })).toBeVisible();
    await expect(lineage.getByRole("link", { name: new RegExp(`Model.*${model}`) })).toBeVisible();
  });

  await test.step("it is deployed in one dialog, and answers on the Test tab", async () => {
    await mate.getByRole("link", { name: "Deploy", exact: true }).first().click();
    const dialog = mate.getByRole("dialog", { name: "Deploy a model" });
    await expect(dialog.getByLabel("Deployment", { exact: true })).toHaveValue("blue");
    await dialog.getByRole("button", { name: "Deploy", exact: true }).click();
    await expect(mate).toHaveURL(`/${workspace}/endpoints/${model}`);
    await expect(status(mate, "Healthy")).toBeVisible({ timeout: buildMs });
    await mate.getByRole("link", { name: "Test", exact: true }).click();
    await mate.getByLabel("age", { exact: true }).fill("33");
    await mate.getByRole("button", { name: "Send" }).click();
    const response = mate.getByRole("region", { name: "Response" });
    await expect(response.getByText("200", { exact: true })).toBeVisible();
    await expect(response.getByText("Prediction", { exact: true })).toBeVisible();
    await expect(response.getByText(/served by blue/)).toBeVisible();
  });

  const curl = await test.step("the copied curl command runs as it stands", async () => {
    const copied = await copyCurl(mate, workspace, model);
    const answer = await runInShell(copied);
    expect(Array.isArray(answer)).toBe(true);
    return copied;
  });

  await test.step("a second run gives version 2", async () => {
    await visit(mate, `/${workspace}/runs`);
    await mate.getByRole("link", { name: "boosted trees" }).click();
    await mate.getByRole("button", { name: "More", exact: true }).click();
    await mate.getByRole("menuitem", { name: "Clone and edit" }).click();
    await mate.getByRole("textbox", { name: /^Name( optional)?$/ }).fill("slower trees");
    await mate.getByLabel("Command").fill(command("0.05").replace("--pause 1", "--pause 0"));
    await mate.getByRole("button", { name: "Start run" }).first().click();
    await expect(mate.getByRole("heading", { level: 1, name: "slower trees" })).toBeVisible();
    await expect(status(mate, "Completed")).toBeVisible({ timeout: buildMs });
    await registerModel(mate, model, 2);
  });

  await test.step("version 2 takes over from version 1 while callers go on", async () => {
    await visit(mate, `/${workspace}/endpoints/${model}`);
    await mate.getByRole("button", { name: "Add deployment" }).first().click();
    const dialog = mate.getByRole("dialog", { name: `Add a deployment to ${model}` });
    await expect(dialog.getByLabel("Version")).toContainText("v2");
    await dialog.getByLabel("Deployment", { exact: true }).fill("green");
    await dialog.getByRole("button", { name: "Deploy", exact: true }).click();
    await waitUntilReady(mate, "green");

    const { url, key, body } = readCurl(curl);
    const traffic = startTraffic(url, key, body);
    try {
      await expect.poll(() => traffic.answered.get("blue") ?? 0).toBeGreaterThan(20);
      expect(traffic.answered.get("green") ?? 0).toBe(0);
      const border = mate.getByRole("slider", { name: "Traffic between blue and green" });
      for (let step = 0; step < 5; step += 1) await border.press("PageDown");
      await expect(border).toHaveAttribute("aria-valuetext", "blue 50%, green 50%");
      await mate.getByRole("button", { name: "Apply" }).click();
      await expect.poll(() => traffic.answered.get("green") ?? 0).toBeGreaterThan(20);
      await border.press("Home");
      await mate.getByRole("button", { name: "Apply" }).click();
      await expect(mate.getByText("0% of the traffic", { exact: true })).toBeVisible();
      await mate.getByRole("button", { name: "Remove", exact: true }).click();
      await mate.getByRole("alertdialog").getByRole("button", { name: "Remove deployment" }).click();
      await expect(mate.getByRole("heading", { level: 3, name: "blue" })).toHaveCount(0, { timeout: 60_000 });
      const before = traffic.answered.get("green") ?? 0;
      await expect.poll(() => traffic.answered.get("green") ?? 0).toBeGreaterThan(before + 20);
    } finally {
      await traffic.stop();
    }
    expect(traffic.failures).toEqual([]);
    expect([...traffic.answered.keys()].sort()).toEqual(["blue", "green"]);
  });

  await test.step("same URL, same key: the first curl command still runs", async () => {
    expect(await copyCurl(mate, workspace, model)).toBe(curl);
    expect(Array.isArray(await runInShell(curl))).toBe(true);
  });
});
