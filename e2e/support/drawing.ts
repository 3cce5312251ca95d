import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { addDataset, type TestApi } from "./api.ts";
import { dragFromPalette, drawLine, inspector, type Place, type PortName, selectNode } from "./designer.ts";
import { choose } from "./new-run.ts";

/** The table of the sample pipelines: 4,000 clients, gaps in five columns. */
export const clients = {
  name: "sample-bank-clients",
  file: join(import.meta.dirname, "..", "..", "sample", "pipelines", "data", "sample-bank-clients.csv"),
  rows: 4_000,
  columns: 15,
};

export async function addClients(test: TestApi, workspace: string): Promise<void> {
  await addDataset(test, workspace, clients.name, clients.file);
}

const left = 270;
const right = 560;
const row = (index: number) => 64 + index * 98;

/** What is dragged onto the canvas, and where it is let go. */
const steps: { tab: "Data" | "Modules"; title: string; place: Place }[] = [
  { tab: "Data", title: clients.name, place: { x: right, y: row(0) } },
  { tab: "Modules", title: "Import Data", place: { x: right, y: row(1) } },
  { tab: "Modules", title: "Select Columns in Dataset", place: { x: right, y: row(2) } },
  { tab: "Modules", title: "Clean Missing Data", place: { x: right, y: row(3) } },
  { tab: "Modules", title: "Split Data", place: { x: right, y: row(4) } },
  { tab: "Modules", title: "Two-Class Boosted Decision Tree", place: { x: left, y: row(4) } },
  { tab: "Modules", title: "Train Model", place: { x: left + 100, y: row(5) } },
  { tab: "Modules", title: "Score Model", place: { x: right - 60, y: row(6) } },
  { tab: "Modules", title: "Evaluate Model", place: { x: right - 60, y: row(7) } },
];

/** Ids of the nodes that the drawing gets. */
export const ids = {
  data: "inputs.sample_bank_clients",
  import: "import_data",
  select: "select_columns_in_dataset",
  clean: "clean_missing_data",
  split: "split_data",
  learner: "two_class_boosted_decision_tree",
  train: "train_model",
  score: "score_model",
  evaluate: "evaluate_model",
};

const lines: [PortName, PortName][] = [
  [
    { node: ids.data, port: "out" },
    { node: ids.import, port: "dataset" },
  ],
  [
    { node: ids.import, port: "results_dataset" },
    { node: ids.select, port: "dataset" },
  ],
  [
    { node: ids.select, port: "results_dataset" },
    { node: ids.clean, port: "dataset" },
  ],
  [
    { node: ids.clean, port: "cleaned_dataset" },
    { node: ids.split, port: "dataset" },
  ],
  [
    { node: ids.learner, port: "untrained_model" },
    { node: ids.train, port: "untrained_model" },
  ],
  [
    { node: ids.split, port: "results_dataset1" },
    { node: ids.train, port: "dataset" },
  ],
  [
    { node: ids.train, port: "trained_model" },
    { node: ids.score, port: "trained_model" },
  ],
  [
    { node: ids.split, port: "results_dataset2" },
    { node: ids.score, port: "dataset" },
  ],
  [
    { node: ids.score, port: "scored_dataset" },
    { node: ids.evaluate, port: "scored_dataset" },
  ],
];

/** Import, select, clean, split, learner, train, score, evaluate: dragged from the palette. */
export async function drawSteps(page: Page): Promise<void> {
  for (const { tab, title, place } of steps) await dragFromPalette(page, tab, title, place);
}

export async function drawLines(page: Page): Promise<void> {
  for (const [from, to] of lines) await drawLine(page, from, to);
}

/** Takes the client's number out by name; the columns to choose from are those of the data that flows in. */
export async function leaveOutId(page: Page): Promise<void> {
  await selectNode(page, ids.select);
  await inspector(page)
    .getByRole("button", { name: /^Select columns/ })
    .click();
  const dialog = page.getByRole("dialog", { name: "Select columns" });
  await dialog.getByRole("button", { name: "By name" }).click();
  const id = dialog.getByRole("checkbox", { name: "client_id" });
  await expect(id).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole("button", { name: "All", exact: true }).click();
  await expect(id).toBeChecked();
  await id.click();
  await dialog.getByRole("button", { name: "Use these columns" }).click();
  await expect(dialog).toBeHidden();
}

/** Gaps get the commonest value of their column; the column to be predicted is left alone. */
export async function setCleaning(page: Page): Promise<void> {
  await selectNode(page, ids.clean);
  await inspector(page)
    .getByRole("button", { name: /^Columns to be cleaned/ })
    .click();
  const dialog = page.getByRole("dialog", { name: "Columns to be cleaned" });
  await dialog.getByRole("button", { name: "With rules" }).click();
  await dialog.getByRole("button", { name: "Add a rule" }).click();
  await dialog.getByLabel("Names, separated by commas").fill("deposit");
  await dialog.getByRole("button", { name: "Use these columns" }).click();
  await expect(dialog).toBeHidden();
  await choose(page, inspector(page).getByRole("combobox", { name: "Cleaning mode" }), "Replace with mode");
}

export async function setField(page: Page, node: string, label: string, value: string): Promise<void> {
  await selectNode(page, node);
  const field = inspector(page).getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press("Tab");
  await expect(field).toHaveValue(value);
}

/** All that the pipeline must be told before it can run. */
export async function setParameters(page: Page): Promise<void> {
  await leaveOutId(page);
  await setCleaning(page);
  await setField(page, ids.split, "Fraction of rows in the first output dataset", "0.7");
  await setField(page, ids.split, "Random seed", "42");
  await setField(page, ids.learner, "Number of trees", "80");
  await setField(page, ids.train, "Label column", "deposit");
}
