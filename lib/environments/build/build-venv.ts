import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { randomText } from "#lib/core/ids.ts";
import { withFolderLock } from "./folder-lock.ts";
import type { Lock } from "./lock.ts";
import { type OnLine, runUv } from "./uv.ts";

const buildMs = 30 * 60_000;

export interface VenvOptions {
  home: string;
  onLine?: OnLine | undefined;
  signal?: AbortSignal | undefined;
}

/** The folder of an environment; it is there whole or not at all. */
export function venvPath(home: string, digest: string): string {
  return join(home, "environments", digest);
}

export async function findVenv(home: string, digest: string): Promise<string | null> {
  const path = venvPath(home, digest);
  return access(join(path, "pyvenv.cfg")).then(
    () => path,
    () => null,
  );
}

/** Builds the environment of a lock on this machine, once: two builders of the same one wait for each other. */
export async function buildVenv(digest: string, lock: Lock, options: VenvOptions): Promise<string> {
  const { home } = options;
  await mkdir(join(home, "environments"), { recursive: true });
  const found = await findVenv(home, digest);
  if (found !== null) return found;
  return withFolderLock(`${venvPath(home, digest)}.lock`, options.signal, async () => {
    const path = venvPath(home, digest);
    if ((await findVenv(home, digest)) !== null) return path;
    const draft = `${path}.${randomText(8)}`;
    try {
      await build(draft, lock, options);
      await rename(draft, path);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return path;
  });
}

async function build(draft: string, lock: Lock, options: VenvOptions): Promise<void> {
  const { home, onLine, signal } = options;
  const run = (what: string, args: string[]) =>
    runUv({ home, args, timeoutMs: buildMs, what, onLine, signal });
  // Relocatable, since it is built under another name than it will have.
  await run(`Python ${lock.python} was not found on this machine`, [
    "venv",
    "--relocatable",
    "--python",
    lock.python,
    draft,
  ]);
  const list = join(draft, "requirements.lock");
  await writeFile(list, lock.text);
  await run("The environment could not be built", [
    ...[
      "pip",
      "sync",
      "--allow-empty-requirements",
      "--compile-bytecode",
      "--python",
      join(draft, "bin", "python"),
      list,
    ],
  ]);
}
