import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { readTexts, textTar } from "#lib/compute/archive.ts";
import type { ComputeProvider } from "#lib/compute/port.ts";
import { AppError } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import type { PythonPackages } from "./definition.ts";
import { buildFailure } from "./failure.ts";
import { fileTar } from "./file-tar.ts";
import { compileArgs, type Lock, lockOf } from "./lock.ts";
import { readNetworkSettings, trust } from "./network-settings.ts";
import { findUv, type OnLine } from "./uv.ts";

const lockMs = 15 * 60_000;

export interface ContainerLockOptions {
  provider: ComputeProvider;
  home: string;
  image: string;
  onLine?: OnLine | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Resolves packages inside a container of the base image: a package without wheels runs its own set-up to say what it
 * needs, and that must not happen on the studio's machine.
 */
export async function lockInContainer(
  packages: PythonPackages,
  options: ContainerLockOptions,
): Promise<Lock> {
  const { provider, onLine, signal } = options;
  const attemptId = newId("lock");
  const root = provider.rootOf(attemptId);
  const { env, caBundle } = readNetworkSettings();
  const uv = await findUv(options.home);
  await onLine?.("A package has no wheel: resolving inside a container, where its set-up may run.");
  // Its own platform: the container is what the lock is for.
  const args = [...compileArgs(packages.python, "own"), "--output-file", `${root}/lock/requirements.lock`];
  const handle = await provider.launch(
    {
      attemptId,
      environment: { kind: "image", image: options.image },
      argv: [`${root}/tools/uv`, ...args, `${root}/lock/requirements.in`],
      env: {
        ...env,
        ...(caBundle === null ? {} : trust(`${root}/tools/ca.pem`)),
        ...{
          UV_CACHE_DIR: "/tmp/uv",
          UV_NO_PROGRESS: "1",
          UV_NO_CONFIG: "1",
          UV_PYTHON_DOWNLOADS: "never",
          NO_COLOR: "1",
        },
      },
      files: [
        { path: "tools", open: () => fileTar({ uv, ...(caBundle === null ? {} : { "ca.pem": caBundle }) }) },
        { path: "lock", open: () => textTar({ "requirements.in": `${packages.requirements.join("\n")}\n` }) },
      ],
    },
    { "atelier.purpose": "lock" },
  );
  const timer = setTimeout(() => void provider.stop(handle, 0).catch(() => {}), lockMs);
  try {
    const lines: string[] = [];
    const log = provider.logs(handle, { follow: true, ...(signal ? { signal } : {}) });
    for await (const line of createInterface({ input: Readable.from(log) })) {
      lines.push(line);
      await onLine?.(line);
    }
    if (signal?.aborted) throw new AppError("CONFLICT", { userMessage: "The resolution was stopped." });
    const { exitCode } = await provider.inspect(handle);
    if (exitCode !== 0) throw buildFailure("The packages could not be resolved", lines);
    const texts = await readTexts(await provider.copyOut(handle, "lock/requirements.lock"));
    return lockOf(packages, texts["requirements.lock"] ?? "");
  } finally {
    clearTimeout(timer);
    await provider.remove(handle);
  }
}
