import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Ids } from "./unprivileged-user.ts";

export interface ServiceSpec {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  ids: Ids | null;
  /** Its output goes to this file rather than to a pipe, since a pipe would break when we are killed. */
  logFile: string;
  readyTimeoutMs: number;
  isReady: () => Promise<boolean>;
}

const maxLogBytes = 10 * 1024 * 1024;

/** Starts a server in a process group of its own, so that Ctrl-C reaches only us, and waits until it answers. */
export async function startService(spec: ServiceSpec): Promise<ChildProcess> {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  rotateLog(spec.logFile);
  const startOfLog = existsSync(spec.logFile) ? statSync(spec.logFile).size : 0;
  const log = openSync(spec.logFile, "a", 0o600);
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    ...spec.ids,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let failure: Error | null = null;
  child.once("error", (error) => {
    failure = error;
  });
  const deadline = Date.now() + spec.readyTimeoutMs;
  for (;;) {
    if (await spec.isReady()) return child;
    if (failure) throw new Error(`${spec.name} did not start: ${String(failure)}`);
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || Date.now() > deadline) {
      if (!ended) child.kill("SIGKILL");
      const why = ended
        ? `stopped with ${child.exitCode ?? child.signalCode}`
        : `gave no answer in ${spec.readyTimeoutMs / 1000} s`;
      throw new Error(`${spec.name} ${why}. The end of ${spec.logFile}:\n${tail(spec.logFile, startOfLog)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Signals a child and waits for its end; SIGKILL after `graceMs`. */
export function stopChild(child: ChildProcess, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill(signal);
  });
}

export function rotateLog(path: string): void {
  if (existsSync(path) && statSync(path).size > maxLogBytes) renameSync(path, `${path}.1`);
}

function tail(path: string, from: number): string {
  const text = readFileSync(path).subarray(from).toString("utf8");
  return text.trimEnd().split("\n").slice(-12).join("\n");
}
