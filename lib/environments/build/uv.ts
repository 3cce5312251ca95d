import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { AppError } from "#lib/core/errors.ts";
import { buildFailure } from "./failure.ts";
import { readNetworkSettings, trust } from "./network-settings.ts";

export type OnLine = (line: string) => void | Promise<void>;

/** The uv of this machine: ATELIER_UV, else the studio's tools, else the PATH. `UNAVAILABLE` when there is none. */
export async function findUv(home: string): Promise<string> {
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "uv"));
  for (const path of [process.env.ATELIER_UV, join(home, "tools", "bin", "uv"), ...onPath]) {
    if (path && (await isExecutable(path))) return path;
  }
  throw new AppError("UNAVAILABLE", {
    userMessage:
      "The studio's Python tools are missing, so no environment can be built. Start the studio with npm start, or set ATELIER_UV to a uv program.",
  });
}

export interface UvCall {
  home: string;
  args: string[];
  timeoutMs: number;
  stdin?: string;
  onLine?: OnLine | undefined;
  signal?: AbortSignal | undefined;
  /** For the error: "The environment could not be resolved". */
  what: string;
}

/** Runs uv on this machine with the operator's network settings and the studio's cache; gives its standard output. */
export async function runUv(call: UvCall): Promise<string> {
  const uv = await findUv(call.home);
  const cache = process.env.UV_CACHE_DIR ?? join(call.home, "cache", "uv");
  await mkdir(cache, { recursive: true });
  const { env, caBundle } = readNetworkSettings();
  const { PATH = "", HOME = call.home, LANG = "C.UTF-8" } = process.env;
  const child = spawn(uv, call.args, {
    env: {
      ...env,
      ...(caBundle === null ? {} : trust(caBundle)),
      ...{ PATH, HOME, LANG, UV_CACHE_DIR: cache, UV_NO_PROGRESS: "1", UV_NO_CONFIG: "1", NO_COLOR: "1" },
    } as unknown as NodeJS.ProcessEnv,
    stdio: ["pipe", "pipe", "pipe"],
    timeout: call.timeoutMs,
    killSignal: "SIGKILL",
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  ended.catch(() => {});
  // It may end before it has read everything; its exit code says why.
  child.stdin.on("error", () => {});
  child.stdin.end(call.stdin ?? "");
  const out: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    await call.onLine?.(line);
  }
  const { code, signal } = await ended;
  if (code === 0) return Buffer.concat(out).toString();
  if (signal !== null && !call.signal?.aborted) {
    throw new AppError("TIMEOUT", {
      userMessage: `${call.what}: it took longer than ${Math.round(call.timeoutMs / 60_000)} min and was stopped.`,
      details: { lastLines: lines.slice(-20) },
    });
  }
  throw buildFailure(call.what, lines);
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
