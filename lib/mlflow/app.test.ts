import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createToken, revokeRunTokens } from "#lib/auth/tokens.ts";
import { mlflowRoutes } from "./routes.ts";
import { type MlflowTestServer, startMlflowServer } from "./testing/mlflow-server.ts";

let server: MlflowTestServer;

beforeAll(async () => {
  server = await startMlflowServer();
});

afterAll(() => server.close());

async function post(token: string, path: string, body: unknown): Promise<Response> {
  return fetch(`${server.trackingUri}/api/2.0/mlflow/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

it("names each route once", () => {
  const names = mlflowRoutes.map((route) => `${route.method} ${route.path}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => name.includes(" /"))).toBe(true);
});

describe("the links that clients print", () => {
  /** Where the page goes that is served at the tracking address. */
  async function follow(link: string): Promise<string> {
    const url = new URL(link, server.origin);
    const page = await (await fetch(url)).text();
    const script = /<script>(.*)<\/script>/s.exec(page)?.[1] ?? "";
    const { pathname, hash } = url;
    let target = "";
    const location = { pathname, hash, replace: (address: string) => (target = address) };
    runInNewContext(script, { location, decodeURIComponent, encodeURIComponent, URLSearchParams });
    return target;
  }

  it.each([
    ["/mlflow/growth/#/experiments/1/runs/keen_plum_1", "/growth/runs/keen_plum_1"],
    ["/mlflow/growth/#/experiments/1/runs/keen_plum_1/artifacts", "/growth/runs/keen_plum_1"],
    ["/mlflow/growth#/experiments/3", "/growth/runs?filter=experiment_id%20%3D%203"],
    ["/mlflow/growth/#/experiments/3/models", "/growth/runs?filter=experiment_id%20%3D%203"],
    ["/mlflow/growth/#/models/churn/versions/2", "/growth/models/churn?version=2"],
    ["/mlflow/growth/#/models/churn", "/growth/models/churn"],
    ["/mlflow/#/workspaces/fares/experiments/1/runs/a", "/fares/runs/a"],
    ["/mlflow/#/experiments/1/runs/a?workspace=fares", "/fares/runs/a"],
    ["/mlflow/growth/", "/growth"],
  ])("%s", async (link, target) => {
    expect(await follow(link)).toBe(target);
  });
});

it("lets a run's own token write runs below it, until the run has ended", async () => {
  const { db } = server.services;
  const parent = await (await post(server.token, "runs/create", { experiment_id: "0" })).json();
  const name: string = parent.run.info.run_id;
  const { token } = await createToken(db, {
    ...{ userId: server.workspace.userId, name, runId: name, workspaceId: server.workspace.id },
  });
  const tags = [{ key: "mlflow.parentRunId", value: name }];
  const child = await post(token, "runs/create", { experiment_id: "0", tags });
  expect(child.status).toBe(200);
  const { run_id } = (await child.json()).run.info;
  expect((await post(token, "runs/set-tag", { run_id, key: "a", value: "b" })).status).toBe(200);
  await revokeRunTokens(db, name);
  const late = await post(token, "runs/set-tag", { run_id, key: "a", value: "c" });
  expect([late.status, (await late.json()).error_code]).toEqual([401, "UNAUTHENTICATED"]);
});
