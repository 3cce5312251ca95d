import type { Readable } from "node:stream";

/**
 * The compute port: what a place that runs programs must be able to do. Providers live in `providers/<type>/`, know
 * this file and their vendor's SDK only, and keep nothing in memory that a fresh object could not find again.
 *
 * Errors: `UNAVAILABLE` when the place does not answer, `NOT_FOUND` for a missing file or image, `VALIDATION_FAILED`
 * for a spec that the provider cannot run, `TIMEOUT` when a call took too long.
 */
export interface ComputeProvider {
  readonly type: string;

  /** Never throws: a place that does not answer is `available: false` with the reason. */
  capabilities(): Promise<ComputeCapabilities>;

  /**
   * The folder that belongs to an attempt, as its own program sees it; known before the launch, so that commands and
   * variables can name files. Every relative path of a `LaunchSpec` and of `copyIn` / `copyOut` lies below it.
   */
  rootOf(attemptId: string): string;

  /**
   * Starts the program, or finds it: the same attempt id gives the same handle and one program, also after a crash in
   * the middle of a launch. Returns once it was started. The image is pulled when the engine does not have it.
   */
  launch(spec: LaunchSpec, labels: Labels, options?: LaunchOptions): Promise<ComputeHandle>;

  /**
   * Does ahead of time what a later `launch` of the same attempt would: everything but the files and the program itself,
   * which does not run before the launch. One that is never launched is found by `list` and goes with `remove`. Absent
   * where a launch is quick by itself.
   */
  prepare?(spec: LaunchSpec, labels: Labels): Promise<void>;

  inspect(handle: ComputeHandle): Promise<ComputeState>;

  /**
   * Standard output and error in one stream, in the order they were written. Reading again from the start gives the
   * same bytes, so a caller that has the first n passes `sinceByte: n`. With `follow` it ends when the program has
   * ended and everything was given; it also survives a restart of the engine. Ends quietly when the signal aborts.
   */
  logs(handle: ComputeHandle, options?: LogOptions): AsyncIterable<Buffer>;

  /** About one sample a second until the program ends or the signal aborts. */
  usage(handle: ComputeHandle, signal: AbortSignal): AsyncIterable<UsageSample>;

  /** Asks the whole program to end (SIGTERM), ends it after `graceMs`. Returns when it has ended; a missing one is fine. */
  stop(handle: ComputeHandle, graceMs: number): Promise<void>;

  /** Removes the program and its files, running or not. A missing one is fine. */
  remove(handle: ComputeHandle): Promise<void>;

  /** Everything here that carries all of these labels, whoever started it. */
  list(labels: Labels): Promise<ComputeItem[]>;

  /** Unpacks a tar stream under `file.path`. Before the start, pass files in the spec instead. */
  copyIn(handle: ComputeHandle, file: FileTree): Promise<void>;

  /**
   * A tar stream of what lies at `path`: the entries of a folder without the folder's own name, or one entry named
   * like the file. Works while the program runs and after it ended. `NOT_FOUND` when there is nothing.
   */
  copyOut(handle: ComputeHandle, path: string): Promise<Readable>;

  /** Where the runner and the gateway reach a port of the spec. `UNAVAILABLE` while the program is not running. */
  address(handle: ComputeHandle, port: number): Promise<{ host: string; port: number }>;

  /**
   * Like `launch`, for a program that stays up and is reached by its published ports. It is not restarted by itself:
   * the runner decides. Absent when the provider cannot publish ports.
   */
  serve?(spec: LaunchSpec, labels: Labels, options?: LaunchOptions): Promise<ComputeHandle>;

  /** Images that this place can make and run. Absent when it runs no images. */
  readonly images?: ImageStore;
}

export type Labels = Record<string, string>;

/** Opaque to everyone but its provider; stored with the attempt as it is. */
export type ComputeHandle = Record<string, string | number | boolean | null>;

export interface ComputeCapabilities {
  available: boolean;
  /** A sentence for people, when not available. */
  reason?: string;
  cpus: number;
  memoryMib: number;
  /** `linux/amd64`. */
  platform: string;
  /** What the place is, with its version: "Docker 20.10.24". */
  description: string;
  /** How a program reaches servers of the studio's machine: `host.docker.internal` or `127.0.0.1`. */
  hostAddress: string;
  /** The limits that are held; the others are best effort or ignored. */
  enforces: { cpus: boolean; memory: boolean; pids: boolean; network: boolean; user: boolean };
  /** Runs images (`true`), or Python environments on the machine itself. */
  runsImages: boolean;
  canServe: boolean;
}

export interface LaunchSpec {
  attemptId: string;
  /** An image id or reference, or a folder that holds a Python environment. */
  environment: { kind: "image"; image: string } | { kind: "venv"; path: string };
  /** The program and its arguments: `["/bin/sh", "-c", text]` for a user's command. Empty: the image's own command. */
  argv: string[];
  env: Record<string, string>;
  /** Below the attempt's folder, or absolute in an image; default: the attempt's folder. It is made when missing. */
  workingDir?: string;
  /** Put in before the start, writable by the program. */
  files?: FileTree[];
  /** Folders made before the start, writable by the program, below the attempt's folder. */
  dirs?: string[];
  limits?: Limits;
  /** The numeric user of the program in a container; default 1000, never root unless said. */
  user?: number;
  /** Default true. False: no network at all. */
  network?: boolean;
  /** TCP ports to publish on loopback, for `serve`. */
  ports?: number[];
  timeouts?: { pullMs?: number; launchMs?: number };
}

export interface Limits {
  cpus?: number;
  memoryMib?: number;
  pids?: number;
  shmMib?: number;
}

export interface FileTree {
  /** The folder that the entries are unpacked under. */
  path: string;
  /** A new tar stream at each call, since a launch can be tried again. */
  open: () => Readable | Promise<Readable>;
}

export interface LaunchOptions {
  /** Lines for the run's log: "Pulling python:3.11-slim: 40 of 120 MiB". */
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}

export interface LogOptions {
  sinceByte?: number;
  follow?: boolean;
  signal?: AbortSignal;
}

export interface ComputeState {
  state: "created" | "running" | "exited" | "missing";
  exitCode?: number;
  oomKilled?: boolean;
  startedAt?: Date;
  finishedAt?: Date;
  /** What the engine says went wrong, when the program could not start. */
  error?: string;
}

export interface ComputeItem {
  handle: ComputeHandle;
  labels: Labels;
  state: ComputeState["state"];
}

export interface UsageSample {
  at: Date;
  /** 100 is one core. */
  cpuPercent: number;
  memoryMib: number;
}

/** Makes images without a Dockerfile: a container of a base image, files put in, perhaps one command, then a commit. */
export interface ImageStore {
  /** The id (`sha256:…`) of an image that carries all of these labels, or null. */
  find(labels: Labels): Promise<ImageInfo | null>;
  /** The image of a name or id; pulled when missing. `NOT_FOUND` when there is none, `UNAVAILABLE` without a registry. */
  resolve(reference: string, options?: LaunchOptions): Promise<ImageInfo>;
  /** Builds once: two builders of the same name, in any process, end with the same image. */
  build(spec: ImageBuildSpec, options?: LaunchOptions): Promise<ImageInfo>;
  remove(imageId: string): Promise<void>;
}

export interface ImageInfo {
  id: string;
  sizeBytes: number;
  /** `linux/amd64`. */
  platform: string;
  /** The variables that the image sets. */
  env: Record<string, string>;
  labels: Labels;
}

export interface ImageBuildSpec {
  /** Letters, digits and dashes; the lock between builders. It is also the image's tag: `atelier/<name>`. */
  name: string;
  base: string;
  /** Mark the result, and find it next time. */
  labels: Labels;
  /** Left in the image, with their absolute path; owned by the user 1000. */
  files?: FileTree[];
  /** One command as root, with things that are not left in the image. Absent: files only. */
  command?: {
    argv: string[];
    /** Only for the build, never in the image: proxies, indexes, credentials. A file of `export` lines in `scratch`. */
    env: Record<string, string>;
    /** Absolute path of a folder that is there during the build only; `env` is at `<scratch>/env.sh`. */
    scratch: string;
    scratchFiles: FileTree[];
    /** Shared between builds and kept: volume name → absolute path. */
    caches: Record<string, string>;
    timeoutMs: number;
  };
  /** What the image says of itself; what is absent stays as in the base image. */
  config?: {
    env?: Record<string, string>;
    cmd?: string[];
    entrypoint?: string[];
    workingDir?: string;
    user?: string;
    exposedPorts?: number[];
  };
}
