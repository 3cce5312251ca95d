import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Access } from "#lib/auth/access.ts";
import { readEnv } from "#lib/core/env.ts";
import { withTimeout } from "#lib/core/time.ts";
import { getTableService } from "#lib/datasets/table-service.ts";
import { getLiveHub } from "#lib/live/hub.ts";
import { mlflowRoutes } from "#lib/mlflow/routes.ts";
import { createDispatcher } from "#lib/server/dispatch.ts";
import { createServices, type Services } from "#lib/services/services.ts";
import { createTestDatabase } from "#lib/testing/postgres.ts";
import { createTestStore } from "#lib/testing/store.ts";
import { apiContract } from "./contract.ts";
import { walkOperations } from "./operations.ts";
import { rawRoutes } from "./raw-routes.ts";
import { mlflowSamples, operationSamples, type RouteSample, routeSamples } from "./testing/samples.ts";
import {
  expectedMeeting,
  type Ground,
  type Meeting,
  prepareGround,
  type WalkedWorkspace,
  walkers,
} from "./testing/walkers.ts";

let services: Services;
let server: Server;
let base: string;
let ground: Ground;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), "atelier-walk-"));
  cleanUp.push(() => rm(home, { recursive: true, force: true }));
  await writeFile(join(home, "master.key"), Buffer.alloc(32, 1).toString("base64"), { mode: 0o600 });
  const [database, store] = [await createTestDatabase(), await createTestStore()];
  cleanUp.push(database.drop, store.drop);
  const env = readEnv({ ATELIER_HOME: home, DATABASE_URL: database.url, ...store.settings });
  services = createServices({ name: "walk", env });
  services.logger.level = "silent";
  cleanUp.unshift(() => services.close());
  server = createServer(createDispatcher(services, (_, response) => response.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ground = await prepareGround(services);
}, 120_000);

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await getLiveHub(services).close();
  await getTableService(services).engine.close();
  for (const work of cleanUp) await work();
}, 60_000);

interface Walk {
  method: string;
  /** The address in a workspace, query included. */
  address: (workspace: string) => string;
  access: Access;
  body?: unknown;
}

function bodyOf(body: unknown): { body: string; headers: Record<string, string> } | { headers?: undefined } {
  if (body === undefined) return {};
  return typeof body === "string"
    ? { body, headers: { "content-type": "application/octet-stream" } }
    : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

async function meet(walk: Walk, workspace: WalkedWorkspace, walker: (typeof walkers)[number]) {
  return withTimeout(20_000, async (signal) => {
    const { headers, ...rest } = bodyOf(walk.body);
    const response = await fetch(base + walk.address(workspace.name), {
      method: walk.method,
      headers: { ...workspace.headers[walker], ...headers },
      signal,
      ...rest,
    });
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
    const text = isStream ? "" : await response.text();
    if (isStream) await response.body?.cancel();
    return { status: response.status, text };
  });
}

function meetingOf({ status, text }: { status: number; text: string }, workspace: string): Meeting | string {
  if (status === 401 || status === 403) return String(status) as Meeting;
  if (status === 404 && text.includes(`Workspace “${workspace}”`)) return "hidden";
  // 501 is an answer of the protocol, not a fault.
  return status < 500 || status === 501 ? "through" : `${status} ${text}`;
}

async function walk(step: Walk): Promise<void> {
  const workspace = await ground.open();
  const met: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const walker of walkers) {
    met[walker] = meetingOf(await meet(step, workspace, walker), workspace.name);
    expected[walker] = expectedMeeting(step.access, walker);
  }
  expect(met).toEqual(expected);
}

describe("every operation of the API", () => {
  for (const { name, method, path, access } of walkOperations(apiContract)) {
    it(`${name} is for ${access}`, async () => {
      const sample = operationSamples[name];
      if (!sample) throw new Error(`add a sample input for ${name} to lib/api/testing/samples.ts`);
      const fields: Record<string, unknown> = { ...sample };
      const address = (workspace: string) => {
        const left = new Map(Object.entries({ ...fields, workspace }));
        const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => {
          const value = left.get(key);
          left.delete(key);
          if (value === undefined) throw new Error(`the sample of ${name} does not say ${key}`);
          return encodeURIComponent(String(value));
        });
        const query = [...left]
          .filter(([key]) => key !== "workspace")
          .map(([key, value]) => [key, String(value)]);
        const asked = method === "GET" && query.length > 0 ? `?${new URLSearchParams(query)}` : "";
        return `/api/v1${filled}${asked}`;
      };
      await walk({ method, address, access, ...(method === "GET" ? {} : { body: fields }) });
    });
  }
});

function fillRoute(path: string, sample: RouteSample): string {
  const params = sample.params ?? {};
  const filled = path.replace(/:(\w+)|\*/g, (match, key: string | undefined) => {
    if (key === "workspace") return match;
    const value = params[key ?? "*"];
    if (value === undefined) throw new Error(`the sample of ${path} does not say ${match}`);
    return value;
  });
  return `${filled}${sample.query ?? ""}`;
}

function walkRoutes(
  routes: readonly { method: string; path: string; access: Access }[],
  samples: Record<string, RouteSample>,
  place: (path: string, workspace: string) => string,
): void {
  for (const { method, path, access } of routes) {
    it(`${method} ${path} is for ${access}`, async () => {
      const sample = samples[`${method} ${path}`];
      if (!sample) throw new Error(`add a sample for ${method} ${path} to lib/api/testing/samples.ts`);
      const filled = fillRoute(path, sample);
      const { body } = sample;
      const address = (workspace: string) => place(filled, workspace);
      await walk({ method, address, access, ...(body === undefined ? {} : { body }) });
    });
  }
}

describe("every route that moves bytes", () => {
  walkRoutes(rawRoutes, routeSamples, (path, workspace) => `/api/v1${path.replace(":workspace", workspace)}`);
});

describe("every route of the MLflow protocol", () => {
  walkRoutes(
    mlflowRoutes,
    mlflowSamples,
    (path, workspace) => `/mlflow/${workspace}${path.replace(/^\/api\//, "/api/2.0/")}`,
  );
});

it("knows no sample of an operation that is gone", () => {
  const operations = walkOperations(apiContract).map(({ name }) => name);
  expect(Object.keys(operationSamples).filter((name) => !operations.includes(name))).toEqual([]);
  const names = (routes: readonly { method: string; path: string }[]) =>
    routes.map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(routeSamples).filter((key) => !names(rawRoutes).includes(key))).toEqual([]);
  expect(Object.keys(mlflowSamples).filter((key) => !names(mlflowRoutes).includes(key))).toEqual([]);
});
