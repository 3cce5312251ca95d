import { access, readdir, rm } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import type {
  ComputeCapabilities,
  ComputeHandle,
  ComputeItem,
  ComputeProvider,
  ComputeState,
  FileTree,
  Labels,
  LaunchSpec,
  LogOptions,
  UsageSample,
} from "#lib/compute/port.ts";
import { AppError } from "#lib/core/errors.ts";
import { attemptOf, folderOf, isAttemptId, pathBelow } from "./folders.ts";
import { launchProcess } from "./launch.ts";
import { killAll, signalProgram, stateOf, waitForEnd } from "./owner.ts";
import { packPath } from "./pack.ts";
import { readOrNull } from "./process-table.ts";
import { unpackTree } from "./unpack.ts";
import { readLog, readUsage } from "./watch.ts";

export interface ProcessProviderOptions {
  /** Where the attempts' folders lie; kept on one machine, since processes are found through it. */
  rootDir: string;
}

/** Runs programs as processes of this machine, in a Python environment. All state is in files below `rootDir`. */
export class ProcessProvider implements ComputeProvider {
  readonly type = "local";
  readonly #rootDir: string;

  constructor(options: ProcessProviderOptions) {
    this.#rootDir = resolve(options.rootDir);
  }

  async capabilities(): Promise<ComputeCapabilities> {
    const available = await access("/proc/self/stat").then(
      () => true,
      () => false,
    );
    const arch = { x64: "amd64", arm64: "arm64" }[process.arch as string] ?? process.arch;
    return {
      available,
      ...(available
        ? {}
        : { reason: "Local compute needs Linux: it follows its processes in /proc. Use Docker here." }),
      cpus: availableParallelism(),
      memoryMib: Math.floor(totalmem() / 1024 / 1024),
      platform: `${process.platform}/${arch}`,
      description: "Processes of the studio's machine",
      hostAddress: "127.0.0.1",
      // Memory is held for each process of a run, not for their sum.
      enforces: { cpus: false, memory: available, pids: false, network: false, user: false },
      runsImages: false,
      canServe: false,
    };
  }

  rootOf(attemptId: string): string {
    return folderOf(this.#rootDir, attemptId).files;
  }

  async launch(spec: LaunchSpec, labels: Labels): Promise<ComputeHandle> {
    return launchProcess(folderOf(this.#rootDir, spec.attemptId), spec, labels);
  }

  async inspect(handle: ComputeHandle): Promise<ComputeState> {
    return stateOf(this.#folder(handle));
  }

  logs(handle: ComputeHandle, options: LogOptions = {}): AsyncIterable<Buffer> {
    return readLog(this.#folder(handle), options);
  }

  usage(handle: ComputeHandle, signal: AbortSignal): AsyncIterable<UsageSample> {
    return readUsage(this.#folder(handle), signal);
  }

  async stop(handle: ComputeHandle, graceMs: number): Promise<void> {
    const folder = this.#folder(handle);
    if ((await stateOf(folder)).state !== "running") return;
    await signalProgram(folder, "SIGTERM");
    if (await waitForEnd(folder, graceMs)) return;
    // Again until it holds: a program may start others between the look and the signal.
    for (let round = 0; round < 20; round++) {
      await signalProgram(folder, "SIGKILL");
      if (await waitForEnd(folder, 250)) return;
    }
    await killAll(folder);
  }

  async remove(handle: ComputeHandle): Promise<void> {
    const folder = this.#folder(handle);
    await killAll(folder);
    await rm(folder.dir, { recursive: true, force: true, maxRetries: 3 });
  }

  async list(labels: Labels): Promise<ComputeItem[]> {
    const names = await readdir(this.#rootDir).catch(() => []);
    const items = await Promise.all(names.filter(isAttemptId).map((attemptId) => this.#item(attemptId)));
    return items.filter((item) => item !== null && matches(item.labels, labels)) as ComputeItem[];
  }

  async #item(attemptId: string): Promise<ComputeItem | null> {
    const folder = folderOf(this.#rootDir, attemptId);
    const text = await readOrNull(folder.labels);
    if (text === null) return null;
    const { state } = await stateOf(folder);
    return { handle: { provider: "local", attemptId }, labels: JSON.parse(text) as Labels, state };
  }

  async copyIn(handle: ComputeHandle, file: FileTree): Promise<void> {
    await unpackTree(file, pathBelow(this.#folder(handle).files, file.path));
  }

  async copyOut(handle: ComputeHandle, path: string): Promise<Readable> {
    return packPath(pathBelow(this.#folder(handle).files, path));
  }

  async address(handle: ComputeHandle, port: number): Promise<{ host: string; port: number }> {
    if ((await this.inspect(handle)).state === "running") return { host: "127.0.0.1", port };
    throw new AppError("UNAVAILABLE", {
      userMessage: `Nothing is reachable on port ${port}: the process is not running.`,
    });
  }

  #folder(handle: ComputeHandle) {
    return folderOf(this.#rootDir, attemptOf(handle));
  }
}

function matches(have: Labels, want: Labels): boolean {
  return Object.entries(want).every(([name, value]) => have[name] === value);
}
