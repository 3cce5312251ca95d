import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnv } from "../../lib/core/env.ts";
import { studioLabel } from "../../lib/runner/labels.ts";
import { readStudioId } from "../../lib/runner/studio-id.ts";
import { createServices } from "../../lib/services/services.ts";
import { findJson } from "../services/files.ts";
import { findFreePorts } from "../services/ports.ts";
import { preparePythonTools } from "../services/python-tools.ts";
import { stopChild } from "../services/service.ts";
import type { StudioReady } from "../studio/main.ts";
import { removeContainers } from "./engine-api.ts";
import type { StageOutput } from "./stage-output.ts";

export interface TestStudio {
  /** What a client needs to know, as environment variables. */
  env: Record<
    "ATELIER_URL" | "ATELIER_GATEWAY_URL" | "ATELIER_ADMIN_EMAIL" | "ATELIER_ADMIN_PASSWORD" | "ATELIER_HOME",
    string
  >;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, "..", "..");
const startTimeoutMs = 300_000;
const stopTimeoutMs = 60_000;

/**
 * Starts a whole studio, as `npm start` does, on a data folder and ports of its own. Which engine and base image it
 * uses is said by `DOCKER_HOST` and `ATELIER_BASE_IMAGE` of `env`; what it prints goes to `output`.
 */
export async function startTestStudio(
  env: NodeJS.ProcessEnv = process.env,
  output: StageOutput = process.stdout,
): Promise<TestStudio> {
  const home = mkdtempSync(join(tmpdir(), "atelier-studio-"));
  chmodSync(home, 0o711);
  const tools = join(root, ".atelier-test", "tools");
  await preparePythonTools(tools);
  symlinkSync(tools, join(home, "tools"));
  const [port = 0, gatewayPort = 0] = await findFreePorts(2);
  const administrator = {
    ATELIER_ADMIN_EMAIL: "ada@example.com",
    ATELIER_ADMIN_PASSWORD: randomBytes(12).toString("base64url"),
  };
  const child = fork(join(root, "scripts", "studio", "main.ts"), {
    cwd: root,
    env: {
      ...withoutSettings({ ...process.env, ...env }),
      ...administrator,
      ATELIER_HOME: home,
      PORT: String(port),
      GATEWAY_PORT: String(gatewayPort),
    },
    execPath: process.execPath,
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Uint8Array) => output.write(chunk));
  const ready = await waitUntilReady(child).catch(async (error: unknown) => {
    await stopChild(child, "SIGTERM", stopTimeoutMs);
    keepLogs(home);
    removeHome(home);
    throw error;
  });
  return {
    env: {
      ...administrator,
      ATELIER_URL: ready.url,
      ATELIER_GATEWAY_URL: ready.gatewayUrl,
      ATELIER_HOME: home,
    },
    async stop() {
      const studioId = await findStudioId(home, ready);
      await stopChild(child, "SIGTERM", stopTimeoutMs);
      await removeContainers(env.DOCKER_HOST, `${studioLabel}=${studioId}`);
      keepLogs(home);
      removeHome(home);
    },
  };
}

/** The settings of a studio that somebody runs must not reach this one. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own =
    /^(DATABASE_URL|S3_\w+|ATELIER_(URL|GATEWAY_URL|LISTEN|TOKEN|WORKSPACE)|NODE_ENV|NODE_OPTIONS|VITEST\w*)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name))) as NodeJS.ProcessEnv;
}

function waitUntilReady(child: ChildProcess): Promise<StudioReady> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error("the test studio did not start in time")),
      startTimeoutMs,
    );
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    child.once("message", (message) => settle(() => resolve(message as StudioReady)));
    child.once("exit", (code) =>
      settle(() => reject(new Error(`the test studio ended with exit code ${code}`))),
    );
  });
}

async function findStudioId(home: string, ready: StudioReady): Promise<string> {
  const env = readEnv({ ...ready.settings, ATELIER_HOME: home });
  const services = createServices({ name: "test-studio", env, maxConnections: 1 });
  try {
    return await readStudioId(services);
  } finally {
    await services.close();
  }
}

/** For whoever looks into a failure. */
function keepLogs(home: string): void {
  const logs = join(home, "logs");
  if (!existsSync(logs)) return;
  const kept = join(root, "test-results", "studio-logs");
  mkdirSync(kept, { recursive: true });
  cpSync(logs, kept, { recursive: true });
}

function removeHome(home: string): void {
  const dataDir = findJson<{ postgres: { dataDir?: string } }>(join(home, "parts.json"))?.postgres.dataDir;
  if (dataDir) rmSync(dataDir, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
}
