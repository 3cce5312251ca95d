import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runPorts } from "#db/schema/index.ts";
import { createDataset } from "#lib/datasets/commands.ts";
import { newDataset } from "#lib/datasets/model.ts";
import { getDatasetVersion } from "#lib/datasets/queries.ts";
import { getTableService } from "#lib/datasets/table-service.ts";
import { createTree, storeBlob } from "#lib/files/commands.ts";
import { runArtifactsPrefix } from "#lib/files/keys.ts";
import { listRunModels } from "#lib/models/run-models.ts";
import { createTestServices, type TestServices } from "#lib/testing/services.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { createClientRun } from "#lib/tracking/commands/client-runs.ts";
import { getOrCreateExperiment } from "#lib/tracking/experiments.ts";
import type { Run } from "#lib/tracking/queries/runs.ts";
import { getOutput, readOutputProfile, readOutputRows } from "./queries.ts";

let services: TestServices;
let workspace: TestWorkspace;
let run: Run;

async function folder(files: Record<string, string>): Promise<string> {
  const stored = [];
  for (const [path, content] of Object.entries(files)) {
    const { sha256 } = await storeBlob(services, workspace.id, Readable.from([Buffer.from(content)]));
    stored.push({ path, sha256 });
  }
  return (await createTree(services.db, workspace.id, stored)).digest;
}

const place = (output: string) => ({ workspaceId: workspace.id, run: run.name, output });
const pathOf = (output: string) => `azureml://jobs/${run.name}/outputs/${output}/paths/`;

beforeAll(async () => {
  services = await createTestServices();
  workspace = await createTestWorkspace(services.db);
  run = await services.db.transaction(async (tx) => {
    const experiment = await getOrCreateExperiment(tx, workspace.id, "outputs");
    return createClientRun(tx, { experiment, userName: "ada", createdBy: workspace.userId, tags: [] });
  });
  const table = await folder({ "scores.csv": "age,job\n34,nurse\n51,cook\n,cook\n" });
  const model = await folder({
    "model.json": JSON.stringify({
      version: 1,
      task: "binary",
      label: "y",
      classes: ["no", "yes"],
      features: [{}, {}],
      learner: "two_class_boosted_decision_tree",
    }),
    "model.pkl": "pickle",
    "explanations.json": "{}",
    "feature_importance.csv": "Feature,Importance\nage,1\n",
  });
  const drawn = await folder({ "more-b.JPG": "b", "figure-1.png": "a", "notes.txt": "c" });
  const ports = [
    { name: "images", type: "uri_folder", source: { kind: "tree" as const, digest: drawn } },
    { name: "scored", type: "data_frame", source: { kind: "tree" as const, digest: table } },
    { name: "trained", type: "trained_model", source: { kind: "tree" as const, digest: model } },
    { name: "later", type: "uri_folder", source: null },
  ];
  await services.db
    .insert(runPorts)
    .values(ports.map((port) => ({ ...port, runId: run.id, direction: "output" as const })));
});

afterAll(async () => {
  getTableService(services).engine.close();
  await services.drop();
});

it("shows the table of an output with its rows and its profile", async () => {
  const view = await getOutput(services, place("scored"));
  expect(view).toMatchObject({ type: "data_frame", available: true, fileCount: 1, path: pathOf("scored") });
  expect(view.table?.rowCount).toBe(3);
  expect(view.table?.columns.map(({ name, kind }) => [name, kind])).toEqual([
    ["age", "integer"],
    ["job", "text"],
  ]);
  const page = await readOutputRows(services, place("scored"), {
    offset: 0,
    limit: 10,
    filters: [{ column: "job", operator: "=", value: "cook" }],
  });
  expect(page.rows).toEqual([
    [51, "cook"],
    [null, "cook"],
  ]);
  const profile = await readOutputProfile(services, place("scored"));
  expect(profile.columns[0]).toMatchObject({ name: "age", missingCount: 1, min: 34, max: 51 });
});

it("says what a model is, and that there is nothing yet", async () => {
  const trained = await getOutput(services, place("trained"));
  // The table of importances is a part of the model, not what the output is.
  expect([trained.table, trained.hasExplanations]).toEqual([null, true]);
  expect((await getOutput(services, place("scored"))).hasExplanations).toBe(false);
  expect(trained.model).toEqual({
    task: "binary",
    learner: "two_class_boosted_decision_tree",
    label: "y",
    classes: ["no", "yes"],
    featureCount: 2,
  });
  expect(await getOutput(services, place("later"))).toMatchObject({ available: false, table: null });
  await expect(getOutput(services, place("none"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(readOutputProfile(services, place("trained"))).rejects.toMatchObject({
    code: "UNPROCESSABLE",
  });
});

it("names the pictures of an output", async () => {
  expect((await getOutput(services, place("images"))).pictures).toEqual(["figure-1.png", "more-b.JPG"]);
  expect((await getOutput(services, place("scored"))).pictures).toEqual([]);
});

it("offers a module's model for registering", async () => {
  expect(await listRunModels(services, run)).toEqual([{ path: pathOf("trained"), label: "trained" }]);
});

const register = (path: string, more: object = {}) =>
  createDataset(
    services,
    workspace.id,
    workspace.userId,
    newDataset.parse({ name: "scored-rows", source: { path }, ...more }),
  );

it("makes a dataset of an output, with its table and the run it came from", async () => {
  const version = await register(pathOf("scored"));
  expect(version).toMatchObject({ type: "uri_folder", runId: run.id, source: { kind: "tree" } });
  const shown = await getDatasetVersion(services.db, workspace.id, "scored-rows", version.version);
  expect([shown.rowCount, shown.columns?.length, shown.format]).toEqual([3, 2, "folder"]);
  const file = await register(`${pathOf("scored")}scores.csv`);
  expect(file).toMatchObject({ type: "uri_file", source: { kind: "blob", fileName: "scores.csv" } });
});

it("keeps artifacts as they are when they become a dataset", async () => {
  const key = `${runArtifactsPrefix(workspace.id, run.name)}tables/part.csv`;
  await services.store.put(key, Buffer.from("a,b\n1,2\n"));
  const version = await register(`runs:/${run.name}/tables`);
  expect(version.source.kind).toBe("tree");
  await services.store.put(key, Buffer.from("a,b\n1,2\n3,4\n"));
  const shown = await getDatasetVersion(services.db, workspace.id, "scored-rows", version.version);
  expect(shown.rowCount).toBe(1);
  expect((await register(`runs:/${run.name}/tables/part.csv`)).source).toMatchObject({
    fileName: "part.csv",
  });
});

it("refuses what is not there", async () => {
  await expect(register(pathOf("later"))).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  await expect(register(`runs:/${run.name}/nothing`)).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  await expect(register("azureml:bank:1")).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  await expect(register(pathOf("scored"), { type: "uri_file" })).rejects.toMatchObject({
    code: "VALIDATION_FAILED",
  });
});
