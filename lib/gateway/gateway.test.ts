import type http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, type DatabaseClient } from "#db/client.ts";
import { endpointStats } from "#db/schema/index.ts";
import { latencyPercentile } from "#lib/endpoints/latency.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createTestWorkspace, type TestWorkspace } from "#lib/testing/workspace.ts";
import { type Gateway, startGateway } from "./gateway.ts";
import { echoAs, primaryKey, secondaryKey, TestEndpoint, type TestInstance } from "./test-endpoint.ts";

let client: DatabaseClient;
let drop: () => Promise<void>;
let gateway: Gateway;
let workspace: TestWorkspace;
const started: TestInstance[] = [];

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  client = connectDatabase(database.url);
  workspace = await createTestWorkspace(client.db);
  const services = { db: client.db, sql: client.sql, logger: pino({ level: "silent" }) };
  gateway = await startGateway(services, { addresses: ["127.0.0.1"], port: 0 });
});

afterAll(async () => {
  await gateway.close();
  for (const { server } of started) server.close().closeAllConnections();
  await client.close();
  await drop();
});

interface Reply {
  name: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  bytes: number;
  code: string;
  message: string;
  data: { requestId: string };
}

async function call(endpoint: string, path = "/score", init: RequestInit & { key?: string | null } = {}) {
  const { key = primaryKey, headers, ...rest } = init;
  const response = await fetch(`http://127.0.0.1:${gateway.port}/e/${workspace.name}/${endpoint}${path}`, {
    method: path.startsWith("/score") ? "POST" : "GET",
    ...(path.startsWith("/score") ? { body: "{}" } : {}),
    ...rest,
    headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers },
  });
  const text = await response.text();
  return { response, status: response.status, reply: (text ? JSON.parse(text) : {}) as Reply };
}

async function makeEndpoint(name: string, settings: Parameters<TestEndpoint["addDeployment"]>[1] = {}) {
  const endpoint = await new TestEndpoint(client.db, workspace, name).create();
  const blue = await endpoint.addDeployment("blue", settings);
  const green = await endpoint.addDeployment("green", settings);
  return { endpoint, blue, green };
}

async function add(endpoint: TestEndpoint, deployment: string, listener: http.RequestListener) {
  const instance = await endpoint.addInstance(deployment, listener);
  started.push(instance);
  return instance;
}

async function until(check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 8000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error("did not happen within 8 s");
    await pause(20);
  }
}

const untilAnswered = (name: string) => until(async () => (await call(name)).status === 200);

it("passes a request to the model and says who answered", async () => {
  const { endpoint, blue } = await makeEndpoint("basic");
  await add(endpoint, blue, echoAs("blue"));
  await endpoint.setTraffic({ blue: 100 });
  await untilAnswered("basic");
  const { response, reply } = await call("basic", "/score?probabilities=true", {
    body: '{"input_data": [1]}',
    headers: { "content-type": "application/json", "x-request-id": "mine-1", cookie: "session=secret" },
  });
  expect(reply).toMatchObject({
    name: "blue",
    url: "/score?probabilities=true",
    body: '{"input_data": [1]}',
  });
  expect(reply.headers["atelier-request-id"]).toBe("mine-1");
  expect(reply.headers.authorization).toBeUndefined();
  expect(reply.headers.cookie).toBeUndefined();
  expect(response.headers.get("atelier-request-id")).toBe("mine-1");
  expect(response.headers.get("atelier-deployment")).toBe("blue");
  expect(response.headers.get("server-timing")).toMatch(/^gateway;dur=\d.*instance;dur=\d.*model;dur=1\.00$/);
  expect((await call("basic", "/swagger.json")).reply.url).toBe("/swagger.json");
  expect((await call("basic", "")).reply.url).toBe("/");
  expect((await call("basic", "/score", { key: secondaryKey })).status).toBe(200);
});

it("answers 401, 403, 404 and 405 with a reason", async () => {
  await makeEndpoint("closed");
  expect((await call("closed", "/score", { key: null })).status).toBe(401);
  await until(async () => (await call("closed")).status === 503);
  const wrong = await call("closed", "/score", { key: "wrong" });
  const missing = await call("no-such-endpoint", "/score", { key: "wrong" });
  expect([wrong.status, missing.status]).toEqual([403, 403]);
  expect(wrong.reply.message.replace("closed", "")).toBe(
    missing.reply.message.replace("no-such-endpoint", ""),
  );
  const named = await call("closed", "/score", { headers: { "azureml-model-deployment": "red" } });
  expect(named).toMatchObject({
    status: 404,
    reply: { code: "NOT_FOUND", message: "closed has no deployment “red”." },
  });
  expect((await call("closed", "/else")).status).toBe(404);
  expect((await call("closed", "/score", { method: "PUT" })).status).toBe(405);
  expect((await fetch(`http://127.0.0.1:${gateway.port}/`)).status).toBe(404);
});

it("lets a page of another origin ask first", async () => {
  const { status, response } = await call("closed", "/score", { method: "OPTIONS", key: null });
  expect(status).toBe(204);
  expect(response.headers.get("access-control-allow-headers")).toContain("authorization");
});

it("splits the traffic, and goes past the split for a named deployment", async () => {
  const { endpoint, blue, green } = await makeEndpoint("split");
  await add(endpoint, blue, echoAs("blue"));
  await add(endpoint, green, echoAs("green"));
  await endpoint.setTraffic({ blue: 70, green: 30 });
  await untilAnswered("split");
  const names = await Promise.all(Array.from({ length: 400 }, async () => (await call("split")).reply.name));
  const share = names.filter((name) => name === "green").length / names.length;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.4);
  await endpoint.setTraffic({ blue: 100, green: 0 });
  await pause(300);
  for (let i = 0; i < 5; i++) {
    const { reply } = await call("split", "/score", { headers: { "azureml-model-deployment": "green" } });
    expect(reply.name).toBe("green");
  }
});

it("tries another instance, then another deployment, when one refuses the connection", async () => {
  const { endpoint, blue, green } = await makeEndpoint("refused");
  const gone = await add(endpoint, blue, echoAs("gone"));
  await add(endpoint, green, echoAs("green"));
  await endpoint.setTraffic({ blue: 99, green: 1 });
  await untilAnswered("refused");
  await gone.stop();
  for (let i = 0; i < 20; i++) expect((await call("refused")).reply.name).toBe("green");
  const alone = await call("refused", "/score", { headers: { "azureml-model-deployment": "blue" } });
  expect(alone.status).toBe(503);
  expect(alone.reply.message).toContain("blue");
  expect(alone.response.headers.get("atelier-deployment")).toBeNull();
});

it("answers 408 when the model takes too long", async () => {
  const { endpoint, blue } = await makeEndpoint("slow", { requestTimeoutMs: 200 });
  let delayMs = 0;
  await add(endpoint, blue, (request, response) => echoAs("slow", delayMs)(request, response));
  await endpoint.setTraffic({ blue: 100 });
  await untilAnswered("slow");
  delayMs = 2000;
  const { status, reply } = await call("slow");
  expect(status).toBe(408);
  expect(reply.message).toContain("200 ms");
});

it("answers 429 when every place stays taken, and lets a short line wait", async () => {
  const limits = { maxConcurrentRequestsPerInstance: 1, maxQueueWaitMs: 250 };
  const { endpoint, blue } = await makeEndpoint("busy", limits);
  await add(endpoint, blue, echoAs("blue", 100));
  await endpoint.setTraffic({ blue: 100 });
  await untilAnswered("busy");
  const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await call("busy")).status));
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
});

it("streams the answer as it is written", async () => {
  const { endpoint, blue } = await makeEndpoint("stream", { requestTimeoutMs: 400 });
  await add(endpoint, blue, (request, response) => {
    request.resume();
    let left = 4;
    const timer = setInterval(() => {
      response.write(`part ${left}\n`);
      left -= 1;
      if (left === 0) {
        clearInterval(timer);
        response.end();
      }
    }, 200);
  });
  await endpoint.setTraffic({ blue: 100 });
  await pause(300);
  const response = await fetch(`http://127.0.0.1:${gateway.port}/e/${workspace.name}/stream/score`, {
    method: "POST",
    body: "{}",
    headers: { authorization: `Bearer ${primaryKey}` },
  });
  const arrivals: number[] = [];
  for await (const _ of response.body ?? []) arrivals.push(performance.now());
  expect(arrivals.length).toBeGreaterThanOrEqual(4);
  // 800 ms in all, longer than the timeout of 400 ms, which is for silence only.
  expect((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(450);
});

it("streams a large body through, and refuses one that is too large", async () => {
  const { endpoint, blue } = await makeEndpoint("large", { requestTimeoutMs: 20_000 });
  await add(endpoint, blue, echoAs("blue"));
  await endpoint.setTraffic({ blue: 100 });
  await untilAnswered("large");
  expect((await call("large", "/score", { body: "x".repeat(5_000_000) })).reply.bytes).toBe(5_000_000);
  const tooLarge = await call("large", "/score", { body: "x".repeat(33 * 2 ** 20) }).catch(() => ({
    status: 413,
  }));
  expect(tooLarge.status).toBe(413);
});

it("lets go of the instance when the caller goes away", async () => {
  const { endpoint, blue } = await makeEndpoint("left", { requestTimeoutMs: 10_000 });
  const closed = Promise.withResolvers<void>();
  let slow = false;
  await add(endpoint, blue, (request, response) => {
    if (!slow) return echoAs("blue")(request, response);
    request.resume();
    response.on("close", () => closed.resolve());
  });
  await endpoint.setTraffic({ blue: 100 });
  await untilAnswered("left");
  slow = true;
  const controller = new AbortController();
  const asked = call("left", "/score", { signal: controller.signal }).catch(() => null);
  await pause(200);
  controller.abort();
  await asked;
  await closed.promise;
});

it("fails no request while traffic moves and the old deployment is removed", async () => {
  const { endpoint, blue, green } = await makeEndpoint("moving");
  const old = await add(endpoint, blue, echoAs("blue", 20));
  await endpoint.setTraffic({ blue: 100 });
  await untilAnswered("moving");
  const seen: string[] = [];
  let running = true;
  const callers = Array.from({ length: 4 }, async () => {
    while (running) {
      const { status, reply } = await call("moving");
      seen.push(`${status} ${reply.name}`);
    }
  });
  await pause(200);
  await add(endpoint, green, echoAs("green", 20));
  await endpoint.setTraffic({ blue: 50, green: 50 });
  await pause(400);
  await endpoint.setTraffic({ blue: 0, green: 100 });
  await endpoint.removeDeployment(blue);
  await endpoint.setInstance(old.id, "draining");
  await pause(300);
  await old.stop();
  await pause(300);
  running = false;
  await Promise.all(callers);
  expect(new Set(seen)).toEqual(new Set(["200 blue", "200 green"]));
  expect(seen.at(-1)).toBe("200 green");
});

it("counts what it served, by deployment and minute", async () => {
  const { endpoint, blue } = await makeEndpoint("counted");
  let status = 200;
  await add(endpoint, blue, (request, response) => {
    request.resume();
    response.writeHead(status).end("{}");
  });
  await endpoint.setTraffic({ blue: 100 });
  await untilAnswered("counted");
  for (let i = 0; i < 9; i++) await call("counted");
  status = 424;
  for (let i = 0; i < 3; i++) await call("counted");
  status = 400;
  await call("counted");
  const read = async () => {
    const rows = await client.db
      .select()
      .from(endpointStats)
      .where(eq(endpointStats.endpointId, endpoint.id));
    return rows.filter((row) => row.deployment === "blue");
  };
  const total = async () => (await read()).reduce((sum, row) => sum + row.requestCount, 0);
  await until(async () => (await total()) >= 14);
  const rows = await read();
  expect(await total()).toBe(14);
  expect(rows.reduce((sum, row) => sum + row.errorCount, 0)).toBe(3);
  expect(rows.flatMap((row) => row.latencyBuckets).reduce((a, b) => a + b, 0)).toBe(14);
  expect(latencyPercentile(rows[0]?.latencyBuckets ?? [], 0.5)).toBeLessThan(500);
});

it("says that it is ready, and how old its routes are", async () => {
  const response = await fetch(`http://127.0.0.1:${gateway.port}/readyz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ ready: true, parts: { database: { ready: true } } });
  expect((await fetch(`http://127.0.0.1:${gateway.port}/healthz`)).status).toBe(200);
});
