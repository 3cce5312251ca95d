import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../bootstrap/say.mjs";
import { stopChild } from "../services/service.ts";
import { findDockerProblem } from "../studio/ready.ts";
import { localEngine } from "./engine-api.ts";
import { ensureMachine } from "./machine.ts";

export interface Engine {
  host: string;
  stop(): Promise<void>;
}

/** Layers of images stay between runs, so that the base image is imported once. */
const dataRoot = "/var/cache/atelier-test/docker";
const upTimeoutMs = 30_000;
const downTimeoutMs = 30_000;

/** The engine that answers already, else a private `dockerd` of this run. */
export async function ensureEngine(): Promise<Engine> {
  const given = process.env.DOCKER_HOST ?? localEngine;
  if ((await findDockerProblem(given)) === null) return { host: given, stop: async () => {} };
  if (process.env.DOCKER_HOST) throw new Error(`No Docker Engine answers at DOCKER_HOST=${given}`);
  await ensureMachine(["Docker Engine"]);
  const reasons: string[] = [];
  // overlay does not work on every file system a machine may have under /var; plain copies always do.
  for (const storage of [[], ["--storage-driver=fuse-overlayfs"], ["--storage-driver=vfs"]]) {
    const folder = mkdtempSync(join(tmpdir(), "atelier-dockerd-"));
    const attempt = await tryStart(folder, storage);
    if (typeof attempt !== "string") return attempt;
    reasons.push(attempt);
  }
  throw new Error(`A private dockerd did not start:\n${reasons.at(-1)}`);
}

async function tryStart(folder: string, storage: string[]): Promise<Engine | string> {
  const host = `unix://${join(folder, "docker.sock")}`;
  const logFile = join(folder, "dockerd.log");
  const data = join(dataRoot, storage[0]?.split("=")[1] ?? "default");
  mkdirSync(data, { recursive: true });
  const log = openSync(logFile, "a");
  const child: ChildProcess = spawn(
    "dockerd",
    [
      ...["--data-root", data, "--exec-root", join(folder, "exec"), "--pidfile", join(folder, "pid")],
      ...["-H", host, ...storage],
    ],
    { stdio: ["ignore", log, log], detached: true },
  );
  closeSync(log);
  let failed = false;
  child.once("error", () => {
    failed = true;
  });
  const stop = async () => {
    await stopChild(child, "SIGTERM", downTimeoutMs);
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + upTimeoutMs;
  while (!failed && child.exitCode === null && Date.now() < deadline) {
    if ((await findDockerProblem(host)) === null) {
      say(`Started a private Docker Engine${storage.length > 0 ? ` (${storage[0]})` : ""}`);
      return { host, stop };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const said = readFileSync(logFile, "utf8").trim().split("\n").slice(-8).join("\n");
  if (!failed) await stop();
  return said || "dockerd could not be run";
}
