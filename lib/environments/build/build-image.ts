import { readFile } from "node:fs/promises";
import { arch } from "node:os";
import { fileURLToPath } from "node:url";
import { textTar } from "#lib/compute/archive.ts";
import type { FileTree, ImageInfo, ImageStore } from "#lib/compute/port.ts";
import { isAppError } from "#lib/core/errors.ts";
import { buildFailure } from "./failure.ts";
import { fileTar } from "./file-tar.ts";
import type { Lock } from "./lock.ts";
import { readNetworkSettings, trust } from "./network-settings.ts";
import { findUv, type OnLine } from "./uv.ts";

const environmentPath = "/opt/env";
const scratch = "/run/atelier-build";
const buildMs = 60 * 60_000;
const script = fileURLToPath(new URL("./build.sh", import.meta.url));

export interface ImageBuildOptions {
  home: string;
  onLine?: OnLine | undefined;
  signal?: AbortSignal | undefined;
  /** Leaves the operator's certificates in the image, for runs that call servers behind them. Default: no. */
  keepCaBundle?: boolean;
}

/** The image of an environment, if the engine has it. */
export function findEnvironmentImage(images: ImageStore, digest: string): Promise<ImageInfo | null> {
  return images.find({ "atelier.environment": digest, "atelier.image": nameOf(digest) });
}

/** Builds the image of a lock on a base, once, and gives its id and size. */
export async function buildEnvironmentImage(
  images: ImageStore,
  digest: string,
  lock: Lock,
  baseImage: string,
  options: ImageBuildOptions,
): Promise<ImageInfo> {
  const found = await findEnvironmentImage(images, digest);
  if (found !== null) return found;
  const base = await images.resolve(baseImage, { onProgress: (line) => void options.onLine?.(line) });
  const network = readNetworkSettings();
  const ca = network.caBundle;
  const lines: string[] = [];
  const onProgress = (line: string) => {
    lines.push(line);
    void options.onLine?.(line);
  };
  try {
    return await images.build(
      {
        name: nameOf(digest),
        base: base.id,
        labels: { "atelier.environment": digest },
        files:
          ca !== null && options.keepCaBundle
            ? [{ path: "/etc/ssl/atelier", open: () => fileTar({ "ca.pem": ca }) }]
            : [],
        command: {
          argv: ["/bin/sh", `${scratch}/build.sh`],
          env: {
            ...network.env,
            ...(ca === null ? {} : trust(`${scratch}/ca.pem`)),
            ...{ ATELIER_PYTHON: lock.python, ATELIER_ENV: environmentPath, HOME: "/tmp", NO_COLOR: "1" },
            // The cache is another file system: links would fail, one warning a package.
            ...{
              UV_CACHE_DIR: "/var/cache/atelier-uv",
              UV_LINK_MODE: "copy",
              UV_NO_PROGRESS: "1",
              UV_NO_CONFIG: "1",
            },
            PIP_CACHE_DIR: "/var/cache/atelier-uv/pip",
          },
          scratch,
          scratchFiles: await scratchFiles(lock, base.platform, ca, options.home),
          caches: { "atelier-uv-cache": "/var/cache/atelier-uv" },
          timeoutMs: buildMs,
        },
        config: {
          env: {
            PATH: `${environmentPath}/bin:${base.env.PATH ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}`,
            VIRTUAL_ENV: environmentPath,
            ...(ca !== null && options.keepCaBundle ? trust("/etc/ssl/atelier/ca.pem") : {}),
          },
        },
      },
      { onProgress, ...(options.signal ? { signal: options.signal } : {}) },
    );
  } catch (error) {
    if (isAppError(error) && error.details.exitCode !== undefined)
      throw buildFailure("The environment could not be built", lines);
    throw error;
  }
}

function nameOf(digest: string): string {
  return `environment-${digest.slice(0, 32)}`;
}

async function scratchFiles(
  lock: Lock,
  platform: string,
  ca: string | null,
  home: string,
): Promise<FileTree[]> {
  const texts = { "requirements.lock": lock.text, "build.sh": await readFile(script, "utf8") };
  const own =
    platform === `${process.platform}/${{ x64: "amd64", arm64: "arm64" }[arch() as string] ?? arch()}`;
  const uv = own ? await findUv(home) : null;
  return [
    { path: scratch, open: () => textTar(texts) },
    ...(ca === null ? [] : [{ path: scratch, open: () => fileTar({ "ca.pem": ca }) }]),
    ...(uv === null ? [] : [{ path: scratch, open: () => fileTar({ uv }) }]),
  ];
}
