import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { sleep } from "#lib/core/time.ts";
import { type Gateway, startGateway } from "#lib/gateway/gateway.ts";
import { startTestStudio, type TestStudio } from "#lib/testing/studio-server.ts";
import { type Runner, startRunner } from "../runner.ts";
import { finish } from "../testing/pipelines.ts";
import { removeWorkers } from "../testing/workers.ts";

/** The sample pipeline on processes of this machine, from training to an answer of its endpoint. */
let studio: TestStudio;
let runner: Runner;
let gateway: Gateway;
let workspace: string;

const minuteMs = 60_000;
const onProcesses = ["settings.default_compute=azureml:local"];

beforeAll(async () => {
  studio = await startTestStudio();
  workspace = studio.workspace.name;
  runner = await startRunner(studio.services);
  gateway = await startGateway(studio.services, { addresses: ["127.0.0.1"], port: 0 });
}, minuteMs);

afterAll(async () => {
  await studio?.api.endpoints.delete({ workspace, endpoint: "deposits" }).catch(() => {});
  await sleep(3000);
  await gateway?.close();
  await runner?.stop();
  if (studio) await removeWorkers(studio);
  await studio?.close();
}, minuteMs);

async function run(text: string) {
  const { name } = await studio.api.runs.submit({ workspace, spec: text, set: onProcesses });
  const { status, steps } = await finish(studio, name, 4 * minuteMs);
  return { name, status, steps };
}

let trained: string;

it("runs the sample untouched", { timeout: 5 * minuteMs }, async () => {
  const { text } = await studio.api.designer.create({ workspace, sample: "binary-classification" });
  const { name, status, steps } = await run(text);
  expect(new Set(Object.values(steps))).toEqual(new Set(["Completed"]));
  expect(status).toBe("Completed");
  trained = name;
});

/** A dataset's table is read in the background. */
async function untilRead(name: string) {
  for (const end = Date.now() + 30_000; ; await sleep(100)) {
    const found = await studio.api.datasets.getVersion({ workspace, name, version: "@latest" });
    if (found.rowCount !== null || found.problem || Date.now() > end) return found;
  }
}

it("turns it into a batch pipeline that writes a dataset", { timeout: 3 * minuteMs }, async () => {
  const made = await studio.api.inference.create({ workspace, run: trained, mode: "batch" });
  const { text } = await studio.api.designer.get({ workspace, draft: made.draft });
  const { status } = await run(text);
  expect(status).toBe("Completed");
  const { items } = await studio.api.datasets.list({ workspace, limit: 50 });
  expect(items.map(({ name }) => name)).toContain("term-deposits-scored");
  const scored = await untilRead("term-deposits-scored");
  expect(scored.rowCount).toBe(4000);
  expect(scored.columns?.map(({ name }) => name)).toContain("Scored Probabilities");
});

it("turns it into a service that answers a row", { timeout: 6 * minuteMs }, async () => {
  const made = await studio.api.inference.create({ workspace, run: trained, mode: "real-time" });
  // What the batch pipeline saved is the same content, so it is the same version.
  expect(made.saved.map(({ kind, version }) => [kind, version]).sort()).toEqual([
    ["model", "1"],
    ["transform", "1"],
  ]);
  const { text } = await studio.api.designer.get({ workspace, draft: made.draft });
  // The draft can be tried: its input gives the rows of the training data.
  const tried = await run(text);
  expect(tried.status).toBe("Completed");
  const jobs = parse(text).jobs as Record<string, unknown>;
  expect(Object.keys(jobs)).toContain("web_service_output");

  const model = await studio.api.inference.package({ workspace, text, name: "deposit-service" });
  expect(model).toEqual({ name: "deposit-service", version: "1" });
  await studio.api.endpoints.create({ workspace, spec: { name: "deposits" } });
  const spec = { name: "blue", model: "azureml:deposit-service:1" };
  await studio.api.endpoints.createDeployment({ workspace, endpoint: "deposits", spec, allTraffic: true });
  const end = Date.now() + 5 * minuteMs;
  for (;;) {
    const now = await studio.api.endpoints.getDeployment({
      workspace,
      endpoint: "deposits",
      deployment: "blue",
    });
    if (now.provisioningState === "Succeeded") break;
    if (now.provisioningState === "Failed" || Date.now() > end) throw new Error(JSON.stringify(now));
    await sleep(300);
  }
  const { primaryKey } = await studio.api.endpoints.credentials({ workspace, endpoint: "deposits" });
  const table = await studio.api.datasets.rows({
    workspace,
    name: "sample-bank-clients",
    version: "@latest",
    query: { limit: 3 },
  });
  const names = table.columns.map(({ name }) => name);
  const rows = table.rows.map((values) =>
    Object.fromEntries(values.flatMap((value, at) => (names[at] === "deposit" ? [] : [[names[at], value]]))),
  );
  const ask = async (data: object[]) => {
    const response = await fetch(`http://127.0.0.1:${gateway.port}/e/${workspace}/deposits/score`, {
      method: "POST",
      headers: { authorization: `Bearer ${primaryKey}`, "content-type": "application/json" },
      body: JSON.stringify({ dataframe_records: data }),
    });
    return { status: response.status, text: await response.text() };
  };
  const answer = await ask(rows);
  expect(answer.status).toBe(200);
  const scored = JSON.parse(answer.text) as Record<string, unknown>[];
  expect(scored).toHaveLength(3);
  for (const row of scored) {
    expect(["no", "yes"]).toContain(row["Scored Labels"]);
    expect(row["Scored Probabilities"]).toBeGreaterThan(0);
  }
  // A value that the model was trained on may be missing; a column of it may not.
  expect((await ask([{ ...rows[0], job: null }])).status).toBe(200);
  const { job: _, ...without } = rows[0] ?? {};
  const refused = await ask([without]);
  expect(refused.status).toBe(400);
  expect(refused.text).toContain("job: is missing");
});
