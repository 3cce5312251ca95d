import { createHmac } from "node:crypto";
import { createServer } from "node:net";
import { eq, sql } from "drizzle-orm";
import { type RunEnvironment, workspaces } from "#db/schema/index.ts";
import type { ComputeHandle, ComputeProvider, LaunchSpec } from "#lib/compute/port.ts";
import { AppError } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { sleep } from "#lib/core/time.ts";
import { environmentDefinitionSchema } from "#lib/environments/build/definition.ts";
import { ensureEnvironment } from "#lib/environments/ensure.ts";
import type { Services } from "#lib/services/services.ts";
import { studioLabel, workerLabel, workspaceLabel } from "../labels.ts";
import { moduleVariables } from "../pipelines/isolated-module.ts";
import { readWorkerPackage } from "./package-files.ts";
import { workerPort } from "./protocol.ts";
import { WorkerClient } from "./worker-client.ts";

/** Where a worker on the machine itself listens; in a container the port is always the same. */
const portLabel = "atelier.worker.port";
const readyMs = 60_000;

/** Which worker: one per workspace, environment and place. */
export interface WorkerWish {
  workspaceId: string;
  environment: RunEnvironment;
  provider: ComputeProvider;
}

export interface Worker {
  key: string;
  provider: ComputeProvider;
  handle: ComputeHandle;
  client: WorkerClient;
}

export interface StartOptions {
  studioId: string;
  onLine?: (line: string) => void | Promise<void>;
  signal?: AbortSignal;
}

/**
 * Finds the worker of a wish, or starts it. What is found by its label is used whoever started it: another runner, or
 * this one before a restart. One that has ended is removed. Resolves when it answers.
 */
export async function findOrStartWorker(
  services: Services,
  wish: WorkerWish,
  options: StartOptions,
): Promise<Worker> {
  const { provider } = wish;
  const definition = environmentDefinitionSchema.parse(wish.environment.definition);
  const { environment } = await ensureEnvironment(services, definition, {
    provider,
    onLine: options.onLine,
    signal: options.signal,
  });
  const pack = await readWorkerPackage();
  const place = environment.kind === "image" ? environment.image : environment.path;
  const token = (text: string) => createHmac("sha256", services.sessionSecret).update(text).digest("hex");
  const key = token(`${wish.workspaceId} ${place} ${pack.digest}`).slice(0, 24);
  const labels = { [studioLabel]: options.studioId, [workerLabel]: key };
  // Looking and starting are one act, also with several runners.
  const handle = await services.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
    for (const item of await provider.list(labels)) {
      if (item.state === "running") return { handle: item.handle, port: Number(item.labels[portLabel]) };
      await provider.remove(item.handle).catch(() => {});
    }
    const port = provider.images ? workerPort : await findFreePort();
    await options.onLine?.("Starting the worker");
    const spec = launchSpecOf(environment, provider, {
      id: newId("wkr"),
      token: token(`worker ${key}`),
      port,
      open: () => pack.open(),
    });
    const [workspace] = await tx
      .select({ name: workspaces.name })
      .from(workspaces)
      .where(eq(workspaces.id, wish.workspaceId));
    const all = { ...labels, [workspaceLabel]: workspace?.name ?? "", [portLabel]: String(port) };
    const launch = provider.serve?.bind(provider) ?? provider.launch.bind(provider);
    return { handle: await launch(spec, all), port };
  });
  const worker = await waitUntilReady(provider, handle, token(`worker ${key}`), options.signal);
  return { key, provider, handle: handle.handle, client: worker };
}

function launchSpecOf(
  environment: LaunchSpec["environment"],
  provider: ComputeProvider,
  own: { id: string; token: string; port: number; open: () => ReturnType<LaunchOpen> },
): LaunchSpec {
  const root = provider.rootOf(own.id);
  return {
    attemptId: own.id,
    environment,
    argv: ["python", "-m", "atelier_modules.worker"],
    env: {
      ATELIER_WORKER_TOKEN: own.token,
      ATELIER_WORKER_PORT: String(own.port),
      // In a container the engine publishes the port on loopback; on the machine itself nobody else may reach it.
      ATELIER_WORKER_HOST: provider.images ? "0.0.0.0" : "127.0.0.1",
      ...moduleVariables(`${root}/worker`),
      PYTHONUNBUFFERED: "1",
    },
    files: [{ path: "worker", open: own.open }],
    ports: [own.port],
    limits: { pids: 4096, shmMib: 512 },
  };
}

type LaunchOpen = NonNullable<LaunchSpec["files"]>[number]["open"];

async function waitUntilReady(
  provider: ComputeProvider,
  { handle, port }: { handle: ComputeHandle; port: number },
  token: string,
  signal: AbortSignal | undefined,
): Promise<WorkerClient> {
  const until = Date.now() + readyMs;
  let client: WorkerClient | null = null;
  for (let round = 0; ; round++) {
    signal?.throwIfAborted();
    client ??= await provider.address(handle, port).then(
      (address) => new WorkerClient(address, token),
      () => null,
    );
    if (client && (await client.takesSteps())) return client;
    const { state } = round % 10 === 9 ? await provider.inspect(handle) : { state: "running" };
    if (state === "exited" || state === "missing" || Date.now() > until) {
      const words = await readEnd(provider, handle);
      await provider.remove(handle).catch(() => {});
      const why = state === "running" ? `did not answer in ${readyMs / 1000} s` : "ended while it started";
      throw new AppError("UNAVAILABLE", { userMessage: `The worker for modules ${why}. ${words}`.trim() });
    }
    await sleep(30, signal);
  }
}

/** The last words of a worker that did not start. */
async function readEnd(provider: ComputeProvider, handle: ComputeHandle): Promise<string> {
  const parts: Buffer[] = [];
  try {
    for await (const part of provider.logs(handle)) parts.push(part);
  } catch {
    return "";
  }
  return Buffer.concat(parts).subarray(-600).toString("utf8").trim();
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}
