import { spawn } from "node:child_process";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ComputeHandle, Labels, LaunchSpec } from "#lib/compute/port.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { randomText } from "#lib/core/ids.ts";
import { sleep } from "#lib/core/time.ts";
import { type AttemptFolder, pathBelow } from "./folders.ts";
import { stateOf } from "./owner.ts";
import { unpackTree } from "./unpack.ts";

const wrapper = fileURLToPath(new URL("./attempt.sh", import.meta.url));

/** Of the studio's own variables a program sees these; the rest holds its secrets. */
const inherited =
  /^(PATH|LANG|LC_ALL|TZ|https?_proxy|no_proxy|all_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|PIP_.*|UV_.*)$/i;

/** Prepares the folder, then starts the wrapper; each step is safe to repeat until the wrapper has taken the lock. */
export async function launchProcess(
  folder: AttemptFolder,
  spec: LaunchSpec,
  labels: Labels,
): Promise<ComputeHandle> {
  const handle = { provider: "local", attemptId: spec.attemptId };
  if (spec.environment.kind !== "venv") {
    throw invalid("environment", "must be a Python environment: this compute runs no images");
  }
  const [program] = spec.argv;
  if (program === undefined) throw invalid("argv", "must name a program");
  const { state } = await stateOf(folder);
  if (state === "running" || state === "exited") return handle;
  await fill(folder, spec, labels);
  await start(folder, spec, spec.environment.path);
  return handle;
}

async function fill(folder: AttemptFolder, spec: LaunchSpec, labels: Labels): Promise<void> {
  for (const path of [folder.files, folder.home, folder.tmp]) await mkdir(path, { recursive: true });
  // Written whole or not at all: a listing reads it at any time.
  const draft = `${folder.labels}.${randomText(8)}`;
  await writeFile(draft, JSON.stringify({ ...labels, "atelier.attempt": spec.attemptId }));
  await rename(draft, folder.labels);
  for (const path of [spec.workingDir ?? ".", ...(spec.dirs ?? [])]) {
    await mkdir(pathBelow(folder.files, path), { recursive: true });
  }
  for (const tree of spec.files ?? []) await unpackTree(tree, pathBelow(folder.files, tree.path));
}

async function start(folder: AttemptFolder, spec: LaunchSpec, venv: string): Promise<void> {
  const limitKib = spec.limits?.memoryMib === undefined ? "" : String(spec.limits.memoryMib * 1024);
  const work = pathBelow(folder.files, spec.workingDir ?? ".");
  const child = spawn("/bin/sh", [wrapper, folder.dir, limitKib, work, ...spec.argv], {
    cwd: folder.dir,
    env: environment(folder, spec, venv),
    // A session of its own: it outlives this process and its terminal.
    detached: true,
    stdio: "ignore",
  });
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  failed.catch(() => {});
  child.unref();
  await Promise.race([failed, waitForStart(folder, spec.timeouts?.launchMs ?? 10_000)]);
}

async function waitForStart(folder: AttemptFolder, timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs;
  while ((await stateOf(folder)).state === "created") {
    if (Date.now() > until) {
      throw new AppError("TIMEOUT", {
        userMessage: `The process did not start in ${Math.round(timeoutMs / 1000)} s. The machine may be overloaded; start the run again.`,
      });
    }
    await sleep(2);
  }
}

function environment(folder: AttemptFolder, spec: LaunchSpec, venv: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && inherited.test(name),
  );
  const env = Object.fromEntries(own) as Record<string, string>;
  return {
    ...env,
    PATH: [join(venv, "bin"), env.PATH ?? "/usr/local/bin:/usr/bin:/bin"].join(delimiter),
    VIRTUAL_ENV: venv,
    HOME: folder.home,
    TMPDIR: folder.tmp,
    ...spec.env,
  } as unknown as NodeJS.ProcessEnv;
}
