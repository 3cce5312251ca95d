import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { takeLock } from "./lock.ts";

const inputs = [
  ...["app", "components", "db", "lib", "modules", "public"],
  ...["next.config.ts", "package-lock.json", "postcss.config.mjs", "tsconfig.json"],
];
const timeoutMs = 600_000;
const waitMs = 300_000;

/** Builds the pages unless their sources are those of the last build, and says so. */
export async function buildPages(
  root: string,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  // As next.config.ts has it.
  const folder = join(root, process.env.ATELIER_BUILD_FOLDER ?? ".next");
  const stampFile = join(folder, "atelier-stamp");
  const isCurrent = (stamp: string) => existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
  if (isCurrent(hashSources(root))) return;
  say("Building the pages, as their sources are new");
  const release = await waitForLock(folder, signal);
  try {
    const stamp = hashSources(root);
    // Another start may have built it while this one waited.
    if (isCurrent(stamp)) return;
    await runNextBuild(root, signal);
    writeFileSync(stampFile, stamp);
    say("Built the pages");
  } finally {
    release();
  }
}

async function runNextBuild(root: string, signal: AbortSignal): Promise<void> {
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  try {
    await promisify(execFile)(process.execPath, [next, "build"], {
      cwd: root,
      signal,
      timeout: timeoutMs,
      maxBuffer: 32 * 1024 * 1024,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    });
  } catch (error) {
    if (!(error instanceof Error && "stdout" in error && "stderr" in error)) throw error;
    const lines = `${error.stdout}\n${error.stderr}`.trim().split("\n");
    // Frames of the framework's own code would push what is wrong off the screen.
    const said = lines.filter((line) => !/^\s+at /.test(line)).slice(-40);
    throw new Error(`The pages could not be built:\n${said.join("\n")}`, { cause: error });
  }
}

/** Two starts with different data folders share the checkout; one builds while the other waits. */
async function waitForLock(folder: string, signal: AbortSignal): Promise<() => void> {
  mkdirSync(folder, { recursive: true });
  const deadline = Date.now() + waitMs;
  for (;;) {
    signal.throwIfAborted();
    try {
      return takeLock(folder, "next build");
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

function hashSources(root: string): string {
  const hash = createHash("sha256");
  for (const input of inputs) {
    const path = join(root, input);
    if (!existsSync(path)) continue;
    for (const file of listFiles(path))
      hash.update(`${file.slice(root.length)}\n`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function listFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
