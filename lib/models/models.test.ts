import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loggedModels, runModels, runPorts } from "#db/schema/index.ts";
import { createAssetVersion, setAssetLabel } from "#lib/assets/commands.ts";
import { createTree, storeBlob } from "#lib/files/commands.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import { loggedModelPrefix, runArtifactsPrefix } from "#lib/files/keys.ts";
import { createTestServices, type TestServices } from "#lib/testing/services.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { createClientRun } from "#lib/tracking/commands/client-runs.ts";
import { getOrCreateExperiment } from "#lib/tracking/experiments.ts";
import type { Run } from "#lib/tracking/queries/runs.ts";
import { deleteModel, registerModel } from "./commands.ts";
import { readLineage } from "./lineage.ts";
import { readMlmodel } from "./mlmodel.ts";
import { newModel } from "./model.ts";
import { getModel, getModelRow } from "./queries.ts";
import { listRunModels } from "./run-models.ts";

let services: TestServices;
let workspace: TestWorkspace;
let run: Run;

const mlmodel = `flavors:
  python_function: {loader_module: mlflow.sklearn, python_version: 3.11.2}
  sklearn: {sklearn_version: 1.5.2}
mlflow_version: 3.6.0
signature:
  inputs: '[{"type": "long", "name": "age", "required": true}, {"type": "string", "name": "job", "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
`;

beforeAll(async () => {
  services = await createTestServices();
  const { db, store } = services;
  workspace = await createTestWorkspace(db);
  run = await db.transaction(async (tx) => {
    const experiment = await getOrCreateExperiment(tx, workspace.id, "models");
    return createClientRun(tx, { experiment, userName: "ada", createdBy: workspace.userId, tags: [] });
  });
  await store.put(`${runArtifactsPrefix(workspace.id, run.name)}old/MLmodel`, Buffer.from(mlmodel));
  await store.put(`${runArtifactsPrefix(workspace.id, run.name)}old/model.pkl`, Buffer.from("pickle"));
  const modelId = "m-00000000000000000000000000000001";
  await db.insert(loggedModels).values({
    id: modelId,
    workspaceId: workspace.id,
    experimentNumber: run.experimentNumber,
    name: "model",
    status: "LOGGED_MODEL_READY",
    sourceRunId: run.name,
  });
  await db.insert(runModels).values({ runId: run.id, direction: "output", modelId });
  const prefix = loggedModelPrefix(workspace.id, modelId);
  await store.put(`${prefix}MLmodel`, Buffer.from(mlmodel));
  await store.put(`${prefix}requirements.txt`, Buffer.from("mlflow==3.6.0\nscikit-learn==1.5.2\n"));
});

afterAll(() => services.drop());

const register = (input: Record<string, unknown>) =>
  registerModel(services, workspace.id, workspace.userId, newModel.parse(input));

describe("registering", () => {
  it("finds what a run wrote: logged models and artifacts", async () => {
    const found = await listRunModels(services, run);
    expect(found.map((each) => each.label)).toEqual(["model", "old"]);
    const logged = await register({ name: "deposits", source: { path: found[0]?.path } });
    expect(logged).toMatchObject({ version: "1", type: "mlflow_model", runId: run.id });
    const artifact = await register({ name: "deposits", source: { path: found[1]?.path } });
    expect(artifact).toMatchObject({ version: "2", type: "mlflow_model" });
    const files = await openFileSet(services, workspace.id, artifact.source).list();
    expect(files.map((file) => file.path)).toEqual(["MLmodel", "model.pkl"]);
  });

  it("keeps its own copy of what a run could still write, also of one file", async () => {
    const { db, store } = services;
    const source = { path: `runs:/${run.name}/old/model.pkl` };
    const version = await register({ name: "kept", source });
    await store.put(`${runArtifactsPrefix(workspace.id, run.name)}old/model.pkl`, Buffer.from("another"));
    const { body } = await openFileSet({ db, store }, workspace.id, version.source).open("model.pkl");
    expect(await text(body)).toBe("pickle");
    await store.put(`${runArtifactsPrefix(workspace.id, run.name)}old/model.pkl`, Buffer.from("pickle"));
  });

  it("leaves no files behind when the version is not made", async () => {
    const source = { path: `runs:/${run.name}/old` };
    const before = await services.store.list(`${workspace.id}/model-versions/`);
    await expect(register({ name: "kept", version: "1", source })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    const after = await services.store.list(`${workspace.id}/model-versions/`);
    expect(after.objects).toHaveLength(before.objects.length);
  });

  it("takes an upload, and says what is wrong with a bad source by its field", async () => {
    const blob = await storeBlob(services, workspace.id, Readable.from([Buffer.from("weights")]));
    const tree = await createTree(services.db, workspace.id, [{ path: "weights.bin", sha256: blob.sha256 }]);
    expect(await register({ name: "own", source: { tree: tree.digest } })).toMatchObject({
      type: "custom_model",
      sizeBytes: 7,
    });
    await expect(
      register({ name: "own", type: "mlflow_model", source: { tree: tree.digest } }),
    ).rejects.toMatchObject({ issues: [{ path: "type" }] });
    await expect(register({ name: "own", source: { path: "runs:/nobody/model" } })).rejects.toMatchObject({
      issues: [{ path: "source.path" }],
    });
    await expect(register({ name: "own", source: { path: `runs:/${run.name}/none` } })).rejects.toMatchObject(
      {
        issues: [{ path: "source.path" }],
      },
    );
    const own = await getModel(services.db, workspace.id, "own");
    expect(own.versions).toHaveLength(1);
  });

  it("gives 20 registrations at once the versions 1 to 20", async () => {
    const path = `runs:/${run.name}/model`;
    await Promise.all(Array.from({ length: 20 }, () => register({ name: "twenty", source: { path } })));
    const { versions } = await getModel(services.db, workspace.id, "twenty");
    const numbers = versions.map((each) => Number(each.version)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });
});

it("reads flavors, signature and requirements from the MLmodel file", async () => {
  const { version } = await getModelRow(services.db, workspace.id, "deposits", "1");
  expect(await readMlmodel(openFileSet(services, workspace.id, version.source))).toEqual({
    flavors: ["python_function", "sklearn"],
    mlflowVersion: "3.6.0",
    pythonVersion: "3.11.2",
    inputs: [
      { name: "age", type: "long", required: true },
      { name: "job", type: "string", required: false },
    ],
    outputs: [{ name: "value 1", type: "int64", required: true }],
    requirements: ["mlflow==3.6.0", "scikit-learn==1.5.2"],
    root: "",
  });
});

it("traces a version to its run and its data", async () => {
  const { db } = services;
  const data = await db.transaction((tx) =>
    createAssetVersion(tx, {
      workspaceId: workspace.id,
      kind: "dataset",
      name: "bank",
      type: "uri_file",
      source: { kind: "none" },
    }),
  );
  await db.insert(runPorts).values({
    runId: run.id,
    direction: "input",
    name: "data",
    type: "uri_file",
    assetVersionId: data.version.id,
  });
  const { asset, version } = await getModelRow(db, workspace.id, "deposits", "@latest");
  const { nodes, edges } = await readLineage(db, asset, version);
  const chain = edges.map(({ from, to }) => `${nodes[from]?.kind} → ${nodes[to]?.kind}`);
  expect(chain).toEqual(["run → model", "dataset → run"]);
  expect(nodes.find((node) => node.kind === "dataset")).toMatchObject({ name: "bank", version: "1" });
});

it("deletes a model that nothing serves with its files and labels, and goes on counting", async () => {
  const path = `runs:/${run.name}/model`;
  const version = await register({ name: "short", source: { path } });
  const prefix = version.source.kind === "prefix" ? version.source.prefix : "";
  const countFiles = async () =>
    (await services.store.list(prefix)).objects.filter(({ key }) => !key.endsWith("/")).length;
  expect(await countFiles()).toBe(2);
  const { asset } = await getModelRow(services.db, workspace.id, "short", "1");
  await setAssetLabel(services.db, asset, "champion", version);
  expect(await deleteModel(services, workspace.id, "short")).toBe(1);
  expect(await countFiles()).toBe(0);
  expect(await register({ name: "short", source: { path } })).toMatchObject({ version: "2" });
  expect((await getModel(services.db, workspace.id, "short")).versions[0]?.labels).toEqual([]);
});
