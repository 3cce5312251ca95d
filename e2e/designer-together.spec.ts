import { type Browser, expect, type Page } from "@playwright/test";
import { connectApi, makeWorkspace, type TestApi } from "./support/api.ts";
import { newPerson, test } from "./support/browser.ts";
import { canvas, deskSize, inspector, nodeOf, openDraft, selectNode } from "./support/designer.ts";
import { addClients, ids, setField } from "./support/drawing.ts";
import { signIn } from "./support/people.ts";
import { buildMs } from "./support/settings.ts";

const id = Date.now().toString(36);
const text = `type: pipeline
display_name: Shared
inputs:
  clients:
    type: uri_file
    path: azureml:sample-bank-clients@latest
jobs:
  import_data:
    component: azureml://registries/atelier/components/import_data
    inputs:
      dataset: \${{parent.inputs.clients}}
  split_data:
    component: azureml://registries/atelier/components/split_data
    inputs:
      dataset: \${{parent.jobs.import_data.outputs.results_dataset}}
      random_seed: 7
  summarize_data:
    component: azureml://registries/atelier/components/summarize_data
    inputs:
      dataset: \${{parent.jobs.split_data.outputs.results_dataset1}}
`;
const fraction = "Fraction of rows in the first output dataset";
const seed = "Random seed";

async function joinAs(browser: Browser, studio: TestApi, workspace: string, name: string): Promise<Page> {
  const { url } = await studio.api.members.invites.create({ workspace, role: "contributor" });
  const account = { name, email: `${name.split(" ")[0]}-${id}@example.com`, password: `${id}-and-more` };
  await studio.api.members.invites.accept({ token: url.split("/").at(-1) ?? "", account });
  const page = await newPerson(browser, { viewport: deskSize });
  await signIn(page, `/${workspace}`, account);
  return page;
}

/** The frame of a step in the colour of somebody else. */
const heldByOther = (page: Page, node: string) => nodeOf(page, node).locator("[style*='--person-']");

test("two people draw one pipeline", async ({ browser }) => {
  test.setTimeout(buildMs);
  const studio = await connectApi();
  const workspace = await makeWorkspace(studio, "Together");
  await addClients(studio, workspace);
  const draft = await studio.api.designer.create({ workspace, text });
  const mate = await joinAs(browser, studio, workspace, "Tess Teammate");
  const owner = await newPerson(browser, { viewport: deskSize });
  await signIn(owner, `/${workspace}`);
  const me = (await studio.api.account.get()).name;
  await openDraft(owner, workspace, draft.id);
  await openDraft(mate, workspace, draft.id);

  await test.step("each sees who is here, the other's pointer and selection", async () => {
    await expect(owner.getByRole("banner").getByTitle("Tess Teammate")).toBeVisible();
    const box = await canvas(mate).boundingBox();
    if (!box) throw new Error("the canvas is not in view");
    await mate.mouse.move(box.x + 200, box.y + 500);
    await mate.mouse.move(box.x + 210, box.y + 510);
    await expect(canvas(owner).getByTitle("Tess Teammate")).toBeVisible();
    await selectNode(mate, ids.split);
    await expect(heldByOther(owner, ids.split)).toBeVisible();
    await selectNode(owner, ids.import);
    await expect(heldByOther(mate, ids.import)).toBeVisible();
    await expect(canvas(mate).getByTitle(me)).toBeVisible();
  });

  await test.step("edits to different steps at the same time both stay", async () => {
    await Promise.all([
      setField(owner, ids.split, fraction, "0.6"),
      nodeOf(mate, "summarize_data").click({ position: { x: 60, y: 20 } }),
    ]);
    await mate.keyboard.press("Control+d");
    await expect(nodeOf(owner, "summarize_data_2")).toBeVisible();
    await Promise.all([setField(owner, ids.split, seed, "11"), mate.keyboard.press("Delete")]);
    await expect(nodeOf(owner, "summarize_data_2")).toBeHidden();
    await selectNode(mate, ids.split);
    await expect(inspector(mate).getByLabel(fraction, { exact: true })).toHaveValue("0.6");
    await expect(inspector(mate).getByLabel(seed, { exact: true })).toHaveValue("11");
  });

  await test.step("who overwrites the other's value is named, and it can be put back", async () => {
    await selectNode(owner, ids.split);
    await inspector(owner).getByLabel(fraction, { exact: true }).fill("0.8");
    await expect(inspector(mate).getByLabel(fraction, { exact: true })).toHaveValue("0.8");
    await inspector(mate).getByLabel(fraction, { exact: true }).fill("0.9");
    const notice = owner.getByRole("alert").filter({ hasText: "Tess Teammate changed" });
    await expect(notice).toContainText("of Split Data to 0.9. You had 0.8.");
    await notice.getByRole("button", { name: "Put mine back" }).click();
    await expect(notice).toBeHidden();
    const theirs = mate.getByRole("alert").filter({ hasText: `${me} changed` });
    await expect(theirs).toContainText("to 0.8. You had 0.9.");
    await theirs.getByRole("button", { name: "Keep theirs" }).click();
    await expect.poll(() => readDraft(studio, workspace, draft.id)).toContain("fraction_of_rows: 0.8");
  });

  await test.step("the history says who changed it", async () => {
    await setField(mate, ids.split, seed, "13");
    await owner.getByRole("button", { name: /^Draft/ }).click();
    const history = owner.getByRole("complementary", { name: "History" });
    await expect(history.getByRole("button", { name: /^Version \d+ newest .*Tess Teammate/ })).toBeVisible();
  });

  await test.step("an earlier version is held against now, and is restored for both", async () => {
    const history = owner.getByRole("complementary", { name: "History" });
    await history.getByRole("button", { name: /^Version 1\b/ }).click();
    await expect(history.getByRole("list", { name: "Since then" })).toContainText("random seed: 7 → 13");
    await history.getByRole("button", { name: "Restore version 1" }).click();
    await expect(inspector(mate).getByLabel(seed, { exact: true })).toHaveValue("7");
    await expect.poll(() => readDraft(studio, workspace, draft.id)).toContain("random_seed: 7");
  });
});

async function readDraft(studio: TestApi, workspace: string, draft: string): Promise<string> {
  return (await studio.api.designer.get({ workspace, draft })).text;
}
