import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { findDockerProblem, waitUntilReady } from "./ready.ts";

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(answer: () => [number, string]): Promise<number> {
  server = createServer((_request, response) => {
    const [status, body] = answer();
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const never = new AbortController().signal;

it("waits until every part is ready", async () => {
  let asked = 0;
  const port = await serve(() => (++asked < 3 ? [503, "{}"] : [200, "{}"]));
  expect(await waitUntilReady(port, 5_000, never)).toBeNull();
  expect(asked).toBe(3);
});

it("names what is not ready when the time is over", async () => {
  const parts = { database: { ready: true }, runner: { ready: false, reason: "has not reported for 15 s" } };
  const port = await serve(() => [503, JSON.stringify({ parts })]);
  expect(await waitUntilReady(port, 400, never)).toBe("runner: has not reported for 15 s");
});

it("knows an engine by its answer, and says where there is none", async () => {
  const port = await serve(() => [200, "OK"]);
  expect(await findDockerProblem(`tcp://127.0.0.1:${port}`)).toBeNull();
  expect(await findDockerProblem("unix:///nowhere/docker.sock")).toContain("unix:///nowhere/docker.sock");
});
