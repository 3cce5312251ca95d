import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deploymentInstances } from "#db/schema/index.ts";
import type { ComputeProvider } from "#lib/compute/port.ts";
import { createComputeProvider } from "#lib/compute/registry.ts";
import { type Gateway, startGateway } from "#lib/gateway/gateway.ts";
import { createTestServices, type TestServices } from "#lib/testing/services.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { deleteDeployment, updateDeployment } from "../commands/change-deployment.ts";
import {
  deleteEndpoint,
  readCredentials,
  regenerateKey,
  updateEndpoint,
} from "../commands/change-endpoint.ts";
import { createDeployment } from "../commands/create-deployment.ts";
import { type Actor, createEndpoint } from "../commands/create-endpoint.ts";
import { readDeploymentLogs } from "../logs.ts";
import type { Deployment } from "../model.ts";
import { getDeployment, getDeploymentRow, getEndpoint, getEndpointRow } from "../queries.ts";
import { instanceLabel, studioLabel } from "./instances.ts";
import { runEndpointsLoop } from "./run-endpoints-loop.ts";
import { registerTestModel } from "./test-model.ts";

const environment = "azureml://registries/azureml/environments/sklearn-1.5/labels/latest";
const studioId = randomUUID().slice(0, 18);
const minutes = 60_000;

let services: TestServices;
let workspace: TestWorkspace;
let actor: Actor;
let provider: ComputeProvider;
let gateway: Gateway;
let loop: { stop(): Promise<void> };

function startLoop() {
  const controller = new AbortController();
  const done = runEndpointsLoop(services, {
    providers: new Map([["docker", provider]]),
    studioId,
    signal: controller.signal,
  });
  return {
    async stop() {
      controller.abort();
      await done;
    },
  };
}

beforeAll(async () => {
  services = await createTestServices();
  workspace = await createTestWorkspace(services.db);
  actor = { workspaceId: workspace.id, userId: workspace.userId };
  provider = createComputeProvider("docker", { home: services.env.home });
  gateway = await startGateway(services, { addresses: ["127.0.0.1"], port: 0 });
  loop = startLoop();
});

afterAll(async () => {
  await loop?.stop();
  await gateway?.close();
  for (const { handle } of await provider.list({ [studioLabel]: studioId })) await provider.remove(handle);
  await services?.drop();
});

const scope = () => ({ workspaceId: workspace.id, gatewayUrl: `http://127.0.0.1:${gateway.port}` });

async function untilDeployment(
  endpoint: string,
  name: string,
  check: (deployment: Deployment) => boolean,
  ms = minutes,
): Promise<Deployment> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await getDeployment(services.db, scope(), endpoint, name);
    if (check(found)) return found;
    if (Date.now() > end) throw new Error(`did not happen: ${JSON.stringify(found, null, 2)}`);
    await pause(100);
  }
}

const isSettled = (item: Deployment) =>
  item.provisioningState === "Succeeded" || item.provisioningState === "Failed";

async function deploy(endpoint: string, name: string, model: string, more: Record<string, unknown> = {}) {
  const spec = { name, model, environment, ...more };
  await createDeployment(services.db, actor, endpoint, spec, { allTraffic: name === "blue" });
}

/** Calls until it is stopped; the kinds of answers that came. */
function keepCalling(endpoint: string) {
  const answers = new Set<string>();
  let calling = true;
  const callers = Array.from({ length: 3 }, async () => {
    while (calling) {
      const { status, text, by } = await predict(endpoint, 1);
      answers.add(`${status} ${by} ${text}`);
    }
  });
  return async () => {
    calling = false;
    await Promise.all(callers);
    return answers;
  };
}

async function predict(endpoint: string, x: number, headers: Record<string, string> = {}) {
  const { primaryKey } = await readCredentials(services, workspace.id, endpoint);
  const response = await fetch(`${scope().gatewayUrl}/e/${workspace.name}/${endpoint}/score`, {
    method: "POST",
    headers: { authorization: `Bearer ${primaryKey}`, "content-type": "application/json", ...headers },
    body: JSON.stringify({ input_data: { columns: ["x"], data: [[x]] } }),
  });
  const text = await response.text();
  return { status: response.status, text, by: response.headers.get("atelier-deployment") };
}

describe("endpoints on a real engine", () => {
  it("deploys a model, moves to its second version without a failed request, and cleans up", {
    timeout: 10 * minutes,
  }, async () => {
    const endpoint = "multiply";
    await createEndpoint(services, actor, { name: endpoint });
    const double = await registerTestModel(services, workspace, "multiplier", 2);
    await deploy(endpoint, "blue", double);
    const blue = await untilDeployment(endpoint, "blue", isSettled, 8 * minutes);
    expect(blue).toMatchObject({ provisioningState: "Succeeded", readyCount: 1, error: null, traffic: 100 });
    expect(blue.imageDigest).toMatch(/^sha256:/);
    await pause(300);
    expect(await predict(endpoint, 4)).toEqual({ status: 200, text: "[8.0]", by: "blue" });
    const wrong = await predict(endpoint, "four" as unknown as number);
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain("x: row 0 is “four”");

    const row = await getDeploymentRow(
      services.db,
      await getEndpointRow(services.db, workspace.id, endpoint),
      "blue",
    );
    expect(row.openapi).toMatchObject({ openapi: "3.0.3", info: { title: "multiplier:1" } });
    const buildLog = await readDeploymentLogs(services.db, row, {
      // All of it: where nothing was downloaded before, the packages alone are more than a hundred lines.
      lines: 5000,
      container: "storage-initializer",
    });
    expect(buildLog).toContain("Model multiplier:1, Python 3.11");

    const stop = keepCalling(endpoint);
    const triple = await registerTestModel(services, workspace, "multiplier", 3);
    await deploy(endpoint, "green", triple);
    const green = await untilDeployment(endpoint, "green", isSettled);
    expect(green).toMatchObject({ provisioningState: "Succeeded", traffic: 0 });
    await updateEndpoint(services.db, actor, endpoint, { traffic: { blue: 50, green: 50 } });
    await pause(1000);
    await expect(deleteDeployment(services.db, actor, endpoint, "blue")).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await updateEndpoint(services.db, actor, endpoint, { traffic: { blue: 0, green: 100 } });
    await deleteDeployment(services.db, actor, endpoint, "blue");
    await untilGone(endpoint, "blue");
    await pause(500);
    expect(await stop()).toEqual(new Set(["200 blue [2.0]", "200 green [3.0]"]));
    expect((await getEndpoint(services.db, scope(), endpoint)).traffic).toEqual({ green: 100 });

    await regenerateKey(services, actor, endpoint, "primary");
    await pause(300);
    expect((await predict(endpoint, 2)).text).toBe("[6.0]");

    // The same in one step: the new one takes the place of the other, behind the address and the key that callers have.
    const stopAgain = keepCalling(endpoint);
    const four = await registerTestModel(services, workspace, "multiplier", 4);
    const spec = { name: "teal", model: four, environment };
    await createDeployment(services.db, actor, endpoint, spec, { allTraffic: true, removeFormer: true });
    await untilGone(endpoint, "green");
    await pause(500);
    expect(await stopAgain()).toEqual(new Set(["200 green [3.0]", "200 teal [4.0]"]));
    const replaced = await getEndpoint(services.db, scope(), endpoint);
    expect(replaced.traffic).toEqual({ teal: 100 });
    expect(replaced.deployments.map(({ name }) => name)).toEqual(["teal"]);

    await deleteEndpoint(services.db, actor, endpoint);
    await untilGone(endpoint, "teal");
    const left = await provider.list({ [studioLabel]: studioId });
    expect(left).toEqual([]);
    await expect(provider.images?.resolve(blue.imageDigest ?? "")).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("replaces an instance that dies, and finds the others again after a restart", {
    timeout: 5 * minutes,
  }, async () => {
    const endpoint = "steady";
    await createEndpoint(services, actor, { name: endpoint });
    const model = await registerTestModel(services, workspace, "steady-model", 2);
    await deploy(endpoint, "blue", model, { instance_count: 2 });
    await untilDeployment(endpoint, "blue", (item) => item.readyCount === 2);
    const before = await provider.list({ [studioLabel]: studioId });

    await loop.stop();
    loop = startLoop();
    await pause(3000);
    const after = await provider.list({ [studioLabel]: studioId });
    expect(after.map(({ labels }) => labels[instanceLabel]).sort()).toEqual(
      before.map(({ labels }) => labels[instanceLabel]).sort(),
    );

    expect((await predict(endpoint, -1)).status).toBe(502);
    await untilDeployment(endpoint, "blue", (item) =>
      item.instances.some(({ state }) => state === "stopped"),
    );
    for (let i = 0; i < 10; i++) expect((await predict(endpoint, 1)).status).toBe(200);
    const healed = await untilDeployment(endpoint, "blue", (item) => item.readyCount === 2);
    const dead = healed.instances.find(({ state }) => state === "stopped");
    expect(dead?.reason).toBe("Its program ended with exit code 3.");
    const [row] = await services.db
      .select()
      .from(deploymentInstances)
      .where(eq(deploymentInstances.id, dead?.id ?? ""));
    expect(row?.log).toContain("ready: the model was loaded");

    await updateDeployment(services.db, actor, endpoint, "blue", { instanceCount: 1 });
    await untilDeployment(
      endpoint,
      "blue",
      (item) => item.instances.filter(({ state }) => state !== "stopped").length === 1,
    );
    const next = await registerTestModel(services, workspace, "steady-model", 5);
    await updateDeployment(services.db, actor, endpoint, "blue", { model: next });
    const texts = new Set<string>();
    await untilDeployment(endpoint, "blue", (item) => {
      void predict(endpoint, 1).then(({ status, text }) => texts.add(`${status} ${text}`));
      return (
        item.provisioningState === "Succeeded" &&
        item.instances.filter(({ state }) => state !== "stopped").length === 1
      );
    });
    await pause(300);
    texts.add(
      Object.values(await predict(endpoint, 1))
        .slice(0, 2)
        .join(" "),
    );
    expect(texts).toEqual(new Set(["200 [2.0]", "200 [5.0]"]));
    await deleteEndpoint(services.db, actor, endpoint);
    await untilGone(endpoint, "blue");
  });

  it("says why a model does not start, after three tries", { timeout: 5 * minutes }, async () => {
    const endpoint = "broken";
    await createEndpoint(services, actor, { name: endpoint });
    const model = await registerTestModel(services, workspace, "broken-model", 2, "fails");
    await deploy(endpoint, "blue", model);
    const failed = await untilDeployment(endpoint, "blue", isSettled, 2 * minutes);
    expect(failed.provisioningState).toBe("Failed");
    expect(failed.error).toContain("exit code 1");
    expect(failed.error).toContain("the weights are broken");
    const well = await registerTestModel(services, workspace, "broken-model", 2);
    await updateDeployment(services.db, actor, endpoint, "blue", { model: well });
    const healed = await untilDeployment(
      endpoint,
      "blue",
      (item) => item.readyCount === 1 && isSettled(item),
    );
    expect(healed).toMatchObject({ provisioningState: "Succeeded", error: null, traffic: 100 });
  });
});

async function untilGone(endpoint: string, deployment: string): Promise<void> {
  const end = Date.now() + minutes;
  for (;;) {
    const found = await getDeployment(services.db, scope(), endpoint, deployment).catch(() => null);
    if (!found) return;
    if (Date.now() > end) throw new Error(`${deployment} is still there: ${JSON.stringify(found)}`);
    await pause(100);
  }
}
