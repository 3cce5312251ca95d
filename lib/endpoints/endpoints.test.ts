import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deployments, endpointStats, endpoints, secrets } from "#db/schema/index.ts";
import { createAssetVersion } from "#lib/assets/commands.ts";
import { createTestServices, type TestServices } from "#lib/testing/services.ts";
import { createTestWorkspace } from "#lib/testing/workspace.ts";
import { deleteDeployment, updateDeployment } from "./commands/change-deployment.ts";
import {
  deleteEndpoint,
  readCredentials,
  regenerateKey,
  updateEndpoint,
} from "./commands/change-endpoint.ts";
import { createDeployment } from "./commands/create-deployment.ts";
import { type Actor, createEndpoint } from "./commands/create-endpoint.ts";
import { listDeployableModels } from "./deployable-models.ts";
import { latencyBucket, latencyBucketCount } from "./latency.ts";
import { healthOf } from "./model.ts";
import { getDeployment, getEndpoint, getEndpointRow, listEndpoints } from "./queries.ts";
import { readTelemetry } from "./telemetry.ts";

let services: TestServices;
let actor: Actor;

beforeAll(async () => {
  services = await createTestServices();
  const workspace = await createTestWorkspace(services.db);
  actor = { workspaceId: workspace.id, userId: workspace.userId };
  await register("churn", "mlflow_model");
  await register("churn", "mlflow_model");
  await register("weights", "custom_model");
});

afterAll(() => services?.drop());

function register(name: string, type: string) {
  const source = { kind: "none" as const };
  return services.db.transaction((tx) =>
    createAssetVersion(tx, { workspaceId: actor.workspaceId, kind: "model", name, type, source }),
  );
}

const scope = () => ({ workspaceId: actor.workspaceId, gatewayUrl: "http://gateway.test" });
const make = (spec: Record<string, unknown> | string) => createEndpoint(services, actor, spec);
const deploy = (endpoint: string, spec: Record<string, unknown> | string, allTraffic = false) =>
  createDeployment(services.db, actor, endpoint, spec, { allTraffic });
const issueAt = (path: string) => expect.objectContaining({ issues: [expect.objectContaining({ path })] });

describe("an endpoint", () => {
  it("is made from a file, with an address and two keys that are kept sealed", async () => {
    await make("name: calls\ndescription: Who says yes\ntags:\n  team: growth\n");
    const summary = await getEndpoint(services.db, scope(), "calls");
    expect(summary).toMatchObject({
      description: "Who says yes",
      tags: { team: "growth" },
      traffic: {},
      deployments: [],
    });
    expect(summary.scoringUri).toMatch(/^http:\/\/gateway\.test\/e\/[\w-]+\/calls\/score$/);
    expect(healthOf(summary)).toBe("empty");
    const { primaryKey, secondaryKey } = await readCredentials(services, actor.workspaceId, "calls");
    expect(primaryKey).not.toBe(secondaryKey);
    const row = await getEndpointRow(services.db, actor.workspaceId, "calls");
    expect(row.primaryKeyHash).toBe(createHash("sha256").update(primaryKey).digest("hex"));
    const stored = JSON.stringify([row, await services.db.select().from(secrets)]);
    expect(stored).not.toContain(primaryKey);
  });

  it.each([
    ["ab", "name"],
    ["1st", "name"],
    ["under_score", "name"],
    ["a".repeat(33), "name"],
    ["dash-", "name"],
  ])("refuses the name %s", async (name, path) => {
    await expect(make({ name })).rejects.toEqual(issueAt(path));
  });

  it("refuses what it cannot do, by field", async () => {
    await expect(make({ name: "tokens", auth_mode: "aml_token" })).rejects.toEqual(issueAt("auth_mode"));
    await expect(make({ name: "early", traffic: { blue: 100 } })).rejects.toEqual(issueAt("traffic"));
    await make({ name: "twice" });
    await expect(make({ name: "twice" })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("replaces one key and keeps the other", async () => {
    await make({ name: "keyed" });
    const before = await readCredentials(services, actor.workspaceId, "keyed");
    await regenerateKey(services, actor, "keyed", "secondary");
    const after = await readCredentials(services, actor.workspaceId, "keyed");
    expect(after.primaryKey).toBe(before.primaryKey);
    expect(after.secondaryKey).not.toBe(before.secondaryKey);
    const row = await getEndpointRow(services.db, actor.workspaceId, "keyed");
    expect(row.secondaryKeyHash).toBe(createHash("sha256").update(after.secondaryKey).digest("hex"));
  });

  it("is paged newest first, and found by part of its name", async () => {
    for (let i = 0; i < 5; i++) await make({ name: `page-${i}` });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEndpoints(services.db, scope(), { search: "page-", limit: 2, cursor });
      expect(page.total).toBe(5);
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([4, 3, 2, 1, 0].map((i) => `page-${i}`));
  });
});

describe("a deployment", () => {
  it("is asked for with a registered model, a size and limits", async () => {
    await make({ name: "deployed" });
    const spec = [
      "name: blue",
      "model: azureml:churn@latest",
      "instance_type: Standard_DS3_v2",
      "instance_count: 2",
      "request_settings:",
      "  request_timeout_ms: 90000",
      "environment_variables:",
      "  MODE: fast",
    ].join("\n");
    await deploy("deployed", spec, true);
    expect(await getDeployment(services.db, scope(), "deployed", "blue")).toMatchObject({
      model: { name: "churn", version: "2" },
      environment: null,
      instanceType: "Standard_DS3_v2",
      cpus: 1,
      instanceCount: 2,
      readyCount: 0,
      requestTimeoutMs: 90_000,
      maxConcurrentRequestsPerInstance: 1,
      environmentVariables: { MODE: "fast" },
      provisioningState: "Creating",
      traffic: 0,
      allTrafficWhenReady: true,
    });
    expect(healthOf(await getEndpoint(services.db, scope(), "deployed"))).toBe("starting");
    await expect(deploy("deployed", spec)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it.each([
    [{ model: "azureml:nothing:1" }, "model"],
    [{ model: "azureml:churn:9" }, "model"],
    [{ model: "azureml:weights:1" }, "model"],
    [{ model: "azureml://jobs/x/outputs/model/paths/" }, "model"],
    [{ model: { path: "azureml://jobs/x/outputs/model/paths/" } }, "model"],
    [{ model: "azureml:churn:1", environment: "azureml:none:1" }, "environment"],
    [{ model: "azureml:churn:1", scale_settings: { type: "target_utilization" } }, "scale_settings"],
    [
      { model: "azureml:churn:1", request_settings: { request_timeout_ms: 200_000 } },
      "request_settings.request_timeout_ms",
    ],
  ])("refuses %j", async (more, path) => {
    await expect(deploy("deployed", { name: "faulty", ...more })).rejects.toEqual(issueAt(path));
  });

  it("takes traffic only if it exists, in whole hundreds, and cannot go while it has some", async () => {
    await make({ name: "split" });
    await deploy("split", { name: "blue", model: "azureml:churn:1" }, true);
    await deploy("split", { name: "green", model: "azureml:churn:2" });
    const set = (traffic: Record<string, number>) => updateEndpoint(services.db, actor, "split", { traffic });
    await expect(set({ red: 100 })).rejects.toEqual(issueAt("traffic.red"));
    await expect(set({ blue: 90 })).rejects.toEqual(issueAt("traffic"));
    await set({ blue: 90, green: 10 });
    expect((await getEndpoint(services.db, scope(), "split")).traffic).toEqual({ blue: 90, green: 10 });
    expect((await getDeployment(services.db, scope(), "split", "blue")).allTrafficWhenReady).toBe(false);
    await expect(deleteDeployment(services.db, actor, "split", "green")).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await set({ blue: 100, green: 0 });
    await deleteDeployment(services.db, actor, "split", "green");
    expect((await getDeployment(services.db, scope(), "split", "green")).provisioningState).toBe("Deleting");
    await expect(set({ blue: 0, green: 100 })).rejects.toEqual(issueAt("traffic.green"));
    await set({ blue: 0 });
  });

  it("asks for new instances only where the change needs them", async () => {
    await make({ name: "changed" });
    await deploy("changed", { name: "blue", model: "azureml:churn:1" });
    const { id } = await getEndpointRow(services.db, actor.workspaceId, "changed");
    const revision = async () => {
      const [row] = await services.db.select().from(deployments).where(eq(deployments.endpointId, id));
      return row?.revision;
    };
    await updateDeployment(services.db, actor, "changed", "blue", {
      instanceCount: 3,
      requestTimeoutMs: 100,
    });
    expect(await revision()).toBe(1);
    await updateDeployment(services.db, actor, "changed", "blue", { model: "azureml:churn:2" });
    expect(await revision()).toBe(2);
    await updateDeployment(services.db, actor, "changed", "blue", { instanceType: "medium" });
    expect(await revision()).toBe(3);
    expect(await getDeployment(services.db, scope(), "changed", "blue")).toMatchObject({
      provisioningState: "Updating",
      cpus: 2,
      model: { version: "2" },
    });
  });

  it("goes with its endpoint, and nothing can be added meanwhile", async () => {
    await make({ name: "going" });
    await deploy("going", { name: "blue", model: "azureml:churn:1" });
    await deleteEndpoint(services.db, actor, "going");
    expect((await getEndpoint(services.db, scope(), "going")).provisioningState).toBe("Deleting");
    await expect(deploy("going", { name: "green", model: "azureml:churn:1" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

it("offers models in MLflow's format, newest version first", async () => {
  const models = await listDeployableModels(services.db, actor.workspaceId);
  expect(models.map(({ name, versions }) => [name, versions.map(({ version }) => version)])).toEqual([
    ["churn", ["2", "1"]],
  ]);
});

it("adds up what the gateways counted, in steps that fit the span", async () => {
  await make({ name: "counted" });
  const { id: endpointId } = await getEndpointRow(services.db, actor.workspaceId, "counted");
  const minute = 60_000;
  const now = Math.floor(Date.now() / minute) * minute;
  const row = (deployment: string, ago: number, requestCount: number, ms: number) => {
    const latencyBuckets = new Array<number>(latencyBucketCount).fill(0);
    latencyBuckets[latencyBucket(ms)] = requestCount;
    return {
      endpointId,
      deployment,
      minute: new Date(now - ago * minute),
      requestCount,
      errorCount: 1,
      latencyMsSum: ms * requestCount,
      latencyMsMax: ms,
      latencyBuckets,
    };
  };
  await services.db
    .insert(endpointStats)
    .values([
      row("blue", 1, 100, 10),
      row("blue", 2, 300, 40),
      row("green", 2, 50, 5),
      row("blue", 500, 7, 1),
    ]);
  const hour = await readTelemetry(services.db, endpointId, {});
  expect(hour.stepMs).toBe(minute);
  expect(
    hour.series.map(({ deployment, requests, errors, points }) => [
      deployment,
      requests,
      errors,
      points.length,
    ]),
  ).toEqual([
    ["blue", 400, 2, 2],
    ["green", 50, 1, 1],
  ]);
  expect(hour.series[0]?.p50Ms).toBeGreaterThan(30);
  const day = await readTelemetry(services.db, endpointId, { from: now - 24 * 60 * minute });
  expect(day.stepMs).toBeGreaterThan(10 * minute);
  expect(day.series[0]?.requests).toBe(407);
  await expect(readTelemetry(services.db, endpointId, { from: now, to: now - 1 })).rejects.toEqual(
    issueAt("from"),
  );
  await services.db.delete(endpoints).where(eq(endpoints.id, endpointId));
});
