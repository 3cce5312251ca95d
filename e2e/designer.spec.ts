import { expect, type Page } from "@playwright/test";
import { connectApi, makeWorkspace } from "./support/api.ts";
import { test } from "./support/browser.ts";
import {
  canvas,
  closeCards,
  deskSize,
  dragFromPalette,
  drawLine,
  edges,
  inspector,
  lookAtPort,
  nodeOf,
  nodes,
  openDraft,
  openNewDraft,
  pullLine,
  runWith,
  selectNode,
  waitForRunOnCanvas,
} from "./support/designer.ts";
import { addClients, drawLines, drawSteps, ids, setField, setParameters } from "./support/drawing.ts";
import { signIn } from "./support/people.ts";
import { predict, waitUntilServed } from "./support/scoring.ts";
import { buildMs } from "./support/settings.ts";

/** Endpoints of all workspaces share their names. */
const endpoint = `deposits-${Date.now().toString(36)}`;

test.use({ viewport: deskSize });

const upstream = [ids.import, ids.select, ids.clean, ids.split];
const changed = [ids.learner, ids.train, ids.score, ids.evaluate];
const duration = /\d+ ms|\d+\.\d s/;
/** One of the table's clients, without the answer. */
const client = {
  age: 39,
  job: "blue-collar",
  marital: "married",
  education: "high-school",
  housing: "yes",
  loan: "no",
  contact: "cellular",
  month: "jun",
  campaign: 2,
  previous: 0,
  outcome_before: "none",
  balance: -125,
  interest_rate: 1.158,
};

/** A metric as the evaluation shows it. */
const tile = (page: Page, name: string) =>
  page.getByRole("dialog", { name: "Evaluate Model" }).getByText(name, { exact: true }).first();

test("a pipeline is drawn by mouse, looked into, run, changed, and serves predictions", async ({ page }) => {
  test.setTimeout(buildMs * 4);
  const studio = await connectApi();
  const workspace = await makeWorkspace(studio, "Drawn");
  await addClients(studio, workspace);
  await signIn(page, `/${workspace}`);
  // The environment of the modules is made on first use, while the steps are drawn.
  const draft = await openNewDraft(page, workspace);

  await test.step("nine things are dragged onto the empty canvas", async () => {
    await drawSteps(page);
    await expect(nodes(page)).toHaveCount(9);
  });

  await test.step("a line that cannot be is refused, and says why", async () => {
    await pullLine(
      page,
      { node: ids.import, port: "results_dataset" },
      { node: ids.score, port: "trained_model" },
    );
    await expect(canvas(page).getByText("Needs a trained model, this is a table")).toBeVisible();
    await page.mouse.up();
    await expect(edges(page)).toHaveCount(0);
  });

  await test.step("ports are joined", async () => {
    await drawLines(page);
    await expect(edges(page)).toHaveCount(9);
  });

  await test.step("parameters are set in the inspector", async () => {
    await setParameters(page);
    await expect(page.getByRole("button", { name: /^Validate/ })).toContainText("no faults");
  });

  await test.step("ports show their data before anything ran", async () => {
    const cleaned = await lookAtPort(
      page,
      { node: ids.clean, port: "cleaned_dataset" },
      "Cleaned dataset of Clean Missing Data",
    );
    // By now the environment may still be in the making.
    await expect(cleaned).toContainText("nothing missing", { timeout: buildMs });
    await expect(cleaned).toContainText(/4,000 rows( of a sample)? · 14 columns/);
    await expect(cleaned.getByRole("img", { name: "Histogram of age" })).toBeVisible();
    await expect(cleaned.getByRole("columnheader", { name: /^job/ })).toBeVisible();
    await expect(cleaned.getByRole("row")).toHaveCount(6);
    await closeCards(page);
    await expect(cleaned).toBeHidden();

    // A change before the port shows behind it.
    await setField(page, ids.split, "Fraction of rows in the first output dataset", "0.75");
    const first = await lookAtPort(
      page,
      { node: ids.split, port: "results_dataset1" },
      "Results dataset1 of Split Data",
    );
    await expect(first).toContainText("3,000 rows", { timeout: 60_000 });
    await closeCards(page);
  });

  await test.step("it is run on the container engine; its steps complete on the canvas", async () => {
    await runWith(page, { compute: "docker" });
    await waitForRunOnCanvas(page, "8 of 8 steps");
    for (const step of [...upstream, ...changed]) await expect(nodeOf(page, step)).toContainText(duration);
    await selectNode(page, ids.train);
    await inspector(page).getByRole("tab", { name: "Log" }).click();
    await expect(inspector(page).getByRole("region", { name: /^Log of/ })).toBeVisible();
    await inspector(page).getByRole("tab", { name: "Parameters" }).click();
  });

  await test.step("after a change of the learner only what is after it runs again", async () => {
    await setField(page, ids.learner, "Learning rate", "0.05");
    await expect(nodeOf(page, ids.learner)).toContainText("edited");
    await page.getByRole("button", { name: /^Run/ }).first().click();
    await waitForRunOnCanvas(page, "8 of 8 steps, 4 reused");
    for (const step of upstream) await expect(nodeOf(page, step)).toContainText("Reused");
    for (const step of changed) await expect(nodeOf(page, step)).toContainText(duration);
  });

  await test.step("the evaluation shows curves and a threshold", async () => {
    await page.getByRole("link", { name: "Open", exact: true }).click();
    await expect(page).toHaveURL(/\/runs\//);
    await nodeOf(page, ids.evaluate).click({ position: { x: 60, y: 20 } });
    await page.getByRole("button", { name: "Evaluation", exact: true }).click();
    const pane = page.getByRole("dialog", { name: "Evaluate Model" });
    await expect(pane.getByText(/1,000 scored rows, \d+ yes/)).toBeVisible();
    await expect(tile(page, "AUC")).toBeVisible();
    const threshold = pane.getByRole("spinbutton", { name: "Threshold" });
    await threshold.fill("0.3");
    await expect(pane.getByRole("slider")).toHaveAttribute(
      "aria-valuetext",
      /^0\.30, [\d,]+ rows called yes/,
    );
  });

  await test.step("what was fitted is registered, and stands in the palette of another pipeline", async () => {
    await page.keyboard.press("Escape");
    await register(page, "Train Model", ids.train, "deposit-trees");
    await register(page, "Clean Missing Data", ids.clean, "deposit-gaps");
    await openNewDraft(page, workspace);
    await dragFromPalette(page, "Models", "deposit-trees", { x: 270, y: 64 });
    await dragFromPalette(page, "Models", "deposit-gaps", { x: 560, y: 64 });
    await dragFromPalette(page, "Modules", "Score Model", { x: 270, y: 280 });
    await dragFromPalette(page, "Modules", "Apply Transformation", { x: 560, y: 280 });
    await drawLine(
      page,
      { node: "inputs.deposit_trees", port: "out" },
      { node: ids.score, port: "trained_model" },
    );
    await drawLine(
      page,
      { node: "inputs.deposit_gaps", port: "out" },
      { node: "apply_transformation", port: "transformation" },
    );
  });

  await test.step("an inference pipeline is made of it", async () => {
    await openDraft(page, workspace, draft);
    await page.getByRole("button", { name: "Create inference pipeline" }).click();
    await page.getByRole("menuitem", { name: /^Real-time inference pipeline/ }).click();
    await expect(nodeOf(page, "web_service_input")).toBeVisible({ timeout: 60_000 });
    await expect(nodeOf(page, "web_service_output")).toBeVisible();
    for (const gone of [ids.split, ids.learner, ids.train, ids.evaluate])
      await expect(nodeOf(page, gone)).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Validate/ })).toContainText("no faults");
  });

  await test.step("it is deployed, and answers a row with a prediction", async () => {
    await page.getByRole("button", { name: "Deploy", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Deploy the pipeline" });
    await dialog.getByLabel("Model", { exact: true }).fill("takes-a-deposit");
    await dialog.getByLabel("Name", { exact: true }).fill(endpoint);
    await dialog.getByRole("button", { name: "Deploy", exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/endpoints/${endpoint}`), { timeout: 60_000 });
    const served = await waitUntilServed(studio, workspace, endpoint);
    const [answer, ...more] = await predict(served, [client]);
    expect(more).toEqual([]);
    expect(answer).toMatchObject({
      "Scored Labels": expect.stringMatching(/^(yes|no)$/),
      "Scored Probabilities": expect.any(Number),
    });
    await expect(page.getByRole("main").getByText("Healthy", { exact: true }).first()).toBeVisible();
  });
});

/** Registers what a step of the run on the page has fitted. */
async function register(page: Page, step: string, id: string, name: string): Promise<void> {
  await nodeOf(page, id).click({ position: { x: 60, y: 20 } });
  const pane = page.getByRole("region", { name: `Step ${step}` });
  await pane.getByRole("button", { name: "Register as model" }).click();
  const dialog = page.getByRole("dialog", { name: "Register as model" });
  await dialog.getByLabel("Registered as").fill(name);
  await dialog.getByRole("button", { name: "Register model" }).click();
  await expect(dialog).toBeHidden();
}
