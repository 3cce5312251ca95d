import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";

let studio: TestStudio;
let workspace: string;

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
});
afterAll(() => studio?.close());

const pipeline = (rounds: number) => `type: pipeline
settings: { default_compute: azureml:local }
inputs:
  rounds: ${rounds}
jobs:
  say:
    type: command
    command: echo \${{inputs.rounds}}
    environment: azureml://registries/azureml/environments/sklearn-1.5/labels/latest
    inputs: { rounds: "\${{parent.inputs.rounds}}" }
`;

async function call(url: string, key: string, init: RequestInit = {}) {
  const response = await fetch(url, { ...init, headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, body: await response.json() };
}

const trigger = (url: string, key: string, body: unknown) =>
  call(url, key, { method: "POST", body: JSON.stringify(body) });

it("publishes versions behind one address and key, and moves the default", async () => {
  const { pipelineEndpoints: api } = studio.api;
  const name = "weekly";
  const first = await api.publish({ workspace, name, text: pipeline(1), note: "first" });
  expect(first).toMatchObject({ defaultVersion: 1, versionCount: 1, inputs: { rounds: { value: 1 } } });
  const { primaryKey, secondaryKey } = await api.credentials({ workspace, endpoint: name });
  const second = await api.publish({ workspace, name, text: pipeline(2), setDefault: false });
  expect(second).toMatchObject({ defaultVersion: 1, versionCount: 2, url: first.url });

  const started = await trigger(first.url, primaryKey, {
    inputs: { rounds: 7 },
    displayName: "by a program",
  });
  expect(started).toMatchObject({ status: 201, body: { status: "NotStarted" } });
  const run = await studio.api.runs.get({ workspace, run: started.body.name });
  expect(run).toMatchObject({
    displayName: "by a program",
    experimentName: "weekly",
    tags: { pipeline_endpoint: "weekly", pipeline_endpoint_version: "1" },
  });
  expect(run.inputs.find((input) => input.name === "rounds")?.value).toBe("7");

  await api.update({ workspace, endpoint: name, defaultVersion: 2 });
  const later = await trigger(first.url, secondaryKey, { ParameterAssignments: {} });
  const second2 = await studio.api.runs.get({ workspace, run: later.body.name });
  expect(second2.tags).toMatchObject({ pipeline_endpoint_version: "2" });
  expect(await call(later.body.statusUrl, primaryKey)).toMatchObject({
    status: 200,
    body: { name: later.body.name },
  });
  const { items } = await studio.api.runs.list({ workspace, filter: "tags.pipeline_endpoint = 'weekly'" });
  expect(items.map((item) => item.name).sort()).toEqual([started.body.name, later.body.name].sort());
});

it("leaves inputs without a value to the caller", async () => {
  const { pipelineEndpoints: api } = studio.api;
  const text = pipeline(1)
    .replace("rounds: 1", "rounds: {type: integer}\n  table: {type: uri_file}")
    .replace("{ rounds:", '{ table: "${{parent.inputs.table}}", rounds:');
  const { url } = await api.publish({ workspace, name: "asks", text });
  const { primaryKey } = await api.credentials({ workspace, endpoint: "asks" });
  const without = await trigger(url, primaryKey, { inputs: { rounds: 2 } });
  expect([without.status, without.body.data.issues]).toEqual([
    400,
    [expect.objectContaining({ path: "inputs.table", message: expect.stringContaining("not provided") })],
  ]);
  const missing = await trigger(url, primaryKey, { inputs: { rounds: 2, table: "azureml:no-such:1" } });
  expect([missing.status, missing.body.message]).toEqual([400, expect.stringContaining("no-such")]);
  await expect(
    api.publish({
      workspace,
      name: "asks",
      text: text.replace("parent.inputs.table", "parent.inputs.tabel"),
    }),
  ).rejects.toMatchObject({ message: expect.stringContaining("A pipeline with faults is not published.") });
});

it("refuses wrong keys, wrong inputs and pipelines with faults", async () => {
  const { pipelineEndpoints: api } = studio.api;
  const { url } = await api.publish({ workspace, name: "nightly", text: pipeline(1) });
  const { primaryKey } = await api.credentials({ workspace, endpoint: "nightly" });
  expect(await trigger(url, "wrong", {})).toMatchObject({ status: 401 });
  expect(await trigger(url.replace("nightly", "nothing"), primaryKey, {})).toMatchObject({ status: 401 });
  const { status, body } = await trigger(url, primaryKey, { inputs: { round: 3 } });
  expect([status, body.message]).toEqual([
    400,
    expect.stringContaining("inputs.round: is no input of version 1"),
  ]);
  const large = { inputs: { rounds: "x".repeat(1024 * 1024) } };
  expect(await trigger(url, primaryKey, large)).toMatchObject({
    status: 413,
    body: { code: "PAYLOAD_TOO_LARGE" },
  });
  const fresh = await api.regenerateKey({ workspace, endpoint: "nightly", keyType: "primary" });
  expect(await trigger(url, primaryKey, {})).toMatchObject({ status: 401 });
  expect(await trigger(url, fresh.primaryKey, {})).toMatchObject({ status: 201 });
  const broken = pipeline(1).replace("parent.inputs.rounds", "parent.inputs.round");
  await expect(api.publish({ workspace, name: "nightly", text: broken })).rejects.toThrow(/faults/);
  expect(await api.get({ workspace, endpoint: "nightly" })).toMatchObject({ versionCount: 1 });
  await api.delete({ workspace, endpoint: "nightly" });
  expect(await trigger(url, fresh.primaryKey, {})).toMatchObject({ status: 401 });
});

it("hands out version numbers one by one when many publish at once", async () => {
  const { pipelineEndpoints: api } = studio.api;
  const many = Array.from({ length: 8 }, (_, at) =>
    api.publish({ workspace, name: "busy", text: pipeline(at) }),
  );
  await Promise.all(many);
  const { versions } = await api.get({ workspace, endpoint: "busy" });
  expect(versions.map(({ number }) => number)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
});

const learner = `type: pipeline
settings: { default_compute: azureml:local }
inputs:
  trees: 20
  rate: 0.1
jobs:
  learner:
    component: azureml://registries/atelier/components/two_class_boosted_decision_tree
    inputs: { number_of_trees: "\${{parent.inputs.trees}}", learning_rate: "\${{parent.inputs.rate}}" }
`;

it("names the input whose value does not fit, and starts nothing", async () => {
  const { pipelineEndpoints: api } = studio.api;
  const { url } = await api.publish({ workspace, name: "learner", text: learner });
  const { primaryKey } = await api.credentials({ workspace, endpoint: "learner" });
  for (const [inputs, path] of [
    [{ trees: "many" }, "inputs.trees"],
    [{ trees: 2.5 }, "inputs.trees"],
    [{ trees: -3 }, "inputs.trees"],
    [{ rate: 7 }, "inputs.rate"],
    [{ rate: "fast" }, "inputs.rate"],
  ] as const) {
    const { status, body } = await trigger(url, primaryKey, { inputs });
    expect([status, body.data?.issues?.map((issue: { path: string }) => issue.path)], body.message).toEqual([
      400,
      [path],
    ]);
  }
  const { items } = await studio.api.runs.list({ workspace, filter: "tags.pipeline_endpoint = 'learner'" });
  expect(items).toEqual([]);
  expect(await trigger(url, primaryKey, { inputs: { trees: 30, rate: 0.2 } })).toMatchObject({ status: 201 });
});
