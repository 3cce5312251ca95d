import type { FileTree, ImageInfo, ImageStore, Labels } from "#lib/compute/port.ts";
import { filesDigest, sha256 } from "./digest.ts";

export interface BakeConfig {
  cmd: string[];
  env?: Record<string, string>;
  exposedPorts?: number[];
  workingDir?: string;
  labels?: Labels;
}

export interface BakedImage extends ImageInfo {
  /** Of the base, the files and the settings; the same inputs are the same image. */
  digest: string;
}

/** Puts files on top of an image and says what it runs: an image that serves a model. Nothing runs for it; built once. */
export async function bakeImage(
  images: ImageStore,
  baseImageId: string,
  files: FileTree[],
  config: BakeConfig,
  options: { signal?: AbortSignal } = {},
): Promise<BakedImage> {
  const { labels = {}, ...settings } = config;
  const digest = sha256(JSON.stringify(["baked-1", baseImageId, await filesDigest(files), settings]));
  const image = await images.build(
    {
      name: `baked-${digest.slice(0, 32)}`,
      base: baseImageId,
      labels: { ...labels, "atelier.baked": digest },
      files,
      config: { ...settings, entrypoint: [], user: "1000:1000" },
    },
    options,
  );
  return { ...image, digest };
}
