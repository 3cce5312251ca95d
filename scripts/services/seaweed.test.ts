import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createStore, type StoreSettings } from "../../lib/storage/create-store.ts";
import { findFreePorts } from "./ports.ts";
import { preparePythonTools, toolPath } from "./python-tools.ts";
import { innerPortCount, type SeaweedOptions, startSeaweed } from "./seaweed.ts";
import { stopChild } from "./service.ts";

let folder: string;
let options: SeaweedOptions;
let settings: StoreSettings;
let server: ChildProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "atelier-seaweed-"));
  const tools = join(import.meta.dirname, "..", "..", ".atelier-test", "tools");
  await preparePythonTools(tools);
  const [s3Port = 0, ...innerPorts] = await findFreePorts(innerPortCount + 1);
  const keys = { accessKeyId: "the-id", secretAccessKey: "the-secret", innerKey: "the-inner-key" };
  options = {
    program: toolPath(tools, "weed"),
    folder,
    keys,
    s3Port,
    innerPorts,
    logFile: join(folder, "store.log"),
  };
  settings = {
    S3_ENDPOINT: `http://127.0.0.1:${s3Port}`,
    S3_BUCKET: "kept",
    S3_ACCESS_KEY_ID: "the-id",
    S3_SECRET_ACCESS_KEY: "the-secret",
    S3_REGION: "us-east-1",
  };
  server = await startSeaweed(options);
  await createStore(settings).ensureBucket();
}, 120_000);
afterAll(async () => {
  await stopChild(server, "SIGTERM", 1_000);
  rmSync(folder, { recursive: true, force: true });
});

it("keeps what it acknowledged when it is killed while it is written to, and is back within 10 s", async () => {
  const store = createStore(settings);
  const acknowledged: string[] = [];
  let running = true;
  const writer = async (name: string) => {
    for (let i = 0; running; i++) {
      const key = `${name}/${i}`;
      await store.put(key, Buffer.from(key));
      acknowledged.push(key);
    }
  };
  const writers = ["a", "b", "c", "d"].map((name) => writer(name).catch(() => {}));
  while (acknowledged.length < 200) await new Promise((resolve) => setTimeout(resolve, 10));
  server.kill("SIGKILL");
  running = false;
  const startedAt = Date.now();
  server = await startSeaweed(options);
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  await Promise.all(writers);
  for (const key of acknowledged) expect((await buffer((await store.get(key)).body)).toString()).toBe(key);
}, 120_000);

it("refuses strangers on every port", async () => {
  const ask = async (port: number | undefined, path: string) => {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      return `${answer.status} ${await answer.text()}`;
    } catch {
      return "not HTTP";
    }
  };
  const [, , volume, , filer] = options.innerPorts;
  expect(await ask(options.s3Port, "/kept?list-type=2")).toMatch(/^403/);
  expect(await ask(filer, "/buckets/kept/a/0")).toMatch(/^401/);
  expect(await ask(volume, "/1,01")).toMatch(/^401/);
});
