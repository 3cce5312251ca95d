import type { Readable } from "node:stream";
import type {
  ComputeCapabilities,
  ComputeHandle,
  ComputeItem,
  ComputeProvider,
  ComputeState,
  FileTree,
  ImageStore,
  Labels,
  LaunchOptions,
  LaunchSpec,
  LogOptions,
  UsageSample,
} from "#lib/compute/port.ts";
import { AppError, notFound } from "#lib/core/errors.ts";
import { EngineClient } from "./client.ts";
import { containerRoot, pathInContainer } from "./container-options.ts";
import { findContainer, handleOf, idOf, onContainer, removeContainer, stateOf } from "./containers.ts";
import { describeEngine } from "./describe.ts";
import { putFolders, putTree, takeTar } from "./files.ts";
import { DockerImageStore } from "./image-store.ts";
import { launchContainer, prepareContainer } from "./launch.ts";
import { readLogs } from "./log-stream.ts";
import { readUsage } from "./usage-stream.ts";

export interface DockerProviderOptions {
  /** As DOCKER_HOST; default: that variable, else the usual socket. */
  host?: string | undefined;
}

/** An engine that answered is not asked again for so long what it is: each run asks. */
const seenMs = 1500;

/** Runs programs in containers of one Docker Engine. All state is in the engine: names, labels, logs, exit codes. */
export class DockerProvider implements ComputeProvider {
  readonly type = "docker";
  readonly images: ImageStore;
  readonly #engine: EngineClient;
  #seen: { at: number; found: ComputeCapabilities } | undefined;

  constructor(options: DockerProviderOptions = {}) {
    this.#engine = new EngineClient(options.host);
    this.images = new DockerImageStore(this.#engine);
  }

  async capabilities(): Promise<ComputeCapabilities> {
    const now = Date.now();
    if (this.#seen && now - this.#seen.at < seenMs) return this.#seen.found;
    const found = await describeEngine(this.#engine);
    this.#seen = found.available ? { at: now, found } : undefined;
    return found;
  }

  rootOf(_attemptId: string): string {
    return containerRoot;
  }

  launch(spec: LaunchSpec, labels: Labels, options: LaunchOptions = {}): Promise<ComputeHandle> {
    return launchContainer(this.#engine, spec, labels, options, null);
  }

  prepare(spec: LaunchSpec, labels: Labels): Promise<void> {
    return prepareContainer(this.#engine, spec, labels);
  }

  serve(spec: LaunchSpec, labels: Labels, options: LaunchOptions = {}): Promise<ComputeHandle> {
    // A remote engine has no loopback that this machine could reach.
    const publishOn = this.#engine.machine === "127.0.0.1" ? "127.0.0.1" : "0.0.0.0";
    return launchContainer(this.#engine, spec, labels, options, publishOn);
  }

  async inspect(handle: ComputeHandle): Promise<ComputeState> {
    return stateOf(await findContainer(this.#engine, idOf(handle)));
  }

  logs(handle: ComputeHandle, options: LogOptions = {}): AsyncIterable<Buffer> {
    return readLogs(this.#engine, idOf(handle), options);
  }

  usage(handle: ComputeHandle, signal: AbortSignal): AsyncIterable<UsageSample> {
    return readUsage(this.#engine, idOf(handle), signal);
  }

  async stop(handle: ComputeHandle, graceMs: number): Promise<void> {
    const t = Math.max(0, Math.ceil(graceMs / 1000));
    await onContainer(
      this.#engine,
      idOf(handle),
      "stop a container",
      graceMs + 30_000,
      (container, abortSignal) => container.stop({ t, abortSignal }),
    );
  }

  async remove(handle: ComputeHandle): Promise<void> {
    await removeContainer(this.#engine, idOf(handle));
  }

  async list(labels: Labels): Promise<ComputeItem[]> {
    const filters = { label: Object.entries(labels).map(([name, value]) => `${name}=${value}`) };
    const found = await this.#engine.call("list containers", (abortSignal) =>
      this.#engine.docker.listContainers({ all: true, filters, abortSignal }),
    );
    return found.map((item) => ({
      handle: handleOf(item.Id, (item.Names[0] ?? "").replace(/^\//, "")),
      labels: item.Labels,
      state:
        item.State === "created"
          ? "created"
          : /^(exited|dead|removing)$/.test(item.State)
            ? "exited"
            : "running",
    }));
  }

  async copyIn(handle: ComputeHandle, file: FileTree): Promise<void> {
    const found = await findContainer(this.#engine, idOf(handle));
    if (found === null) throw notFound("The container");
    const user = Number.parseInt(found.Config.User, 10) || 0;
    const path = pathInContainer(file.path);
    await putFolders(this.#engine, found.Id, containerRoot, [path], user);
    await putTree(this.#engine, found.Id, { ...file, path }, user);
  }

  copyOut(handle: ComputeHandle, path: string): Promise<Readable> {
    return takeTar(this.#engine, idOf(handle), pathInContainer(path));
  }

  async address(handle: ComputeHandle, port: number): Promise<{ host: string; port: number }> {
    const found = await findContainer(this.#engine, idOf(handle));
    const published = found?.NetworkSettings.Ports[`${port}/tcp`]?.[0]?.HostPort;
    if (published === undefined) {
      throw new AppError("UNAVAILABLE", {
        userMessage: `Nothing is reachable on port ${port}: the container is not running.`,
      });
    }
    return { host: this.#engine.machine, port: Number(published) };
  }
}
