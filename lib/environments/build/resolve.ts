import type { ComputeProvider, LaunchSpec } from "#lib/compute/port.ts";
import { AppError } from "#lib/core/errors.ts";
import { buildEnvironmentImage } from "./build-image.ts";
import { buildVenv } from "./build-venv.ts";
import type { EnvironmentDefinition } from "./definition.ts";
import { environmentDigest } from "./digest.ts";
import { type Lock, lockRequirements, packagesOf } from "./lock.ts";
import { lockInContainer } from "./lock-in-container.ts";
import type { OnLine } from "./uv.ts";

export interface ResolveOptions {
  provider: ComputeProvider;
  home: string;
  /** The studio's base image, for definitions that name none. */
  baseImage: string;
  /** The lock of an earlier resolution: the same versions again. */
  lock?: Lock | undefined;
  onLine?: OnLine | undefined;
  signal?: AbortSignal | undefined;
}

export interface ResolvedEnvironment {
  /** What a launch takes. */
  environment: LaunchSpec["environment"];
  /** Null for an image that is used as it is. */
  digest: string | null;
  lock: Lock | null;
}

/** Makes what a definition says ready to run at a provider: found when it was built before, else built now. */
export async function resolveEnvironment(
  definition: EnvironmentDefinition,
  options: ResolveOptions,
): Promise<ResolvedEnvironment> {
  const { provider, home, onLine, signal } = options;
  const { platform } = await provider.capabilities();
  const packages = packagesOf(definition);
  const build = { home, onLine, signal };
  const { images } = provider;
  if (images === undefined) {
    if (packages === null) throw noImages(definition);
    const lock =
      options.lock ?? (await lockRequirements(packages, { ...build, platform, allowBuilds: true }));
    const digest = environmentDigest(lock, `venv ${platform}`);
    return { environment: { kind: "venv", path: await buildVenv(digest, lock, build) }, digest, lock };
  }
  const progress = { onProgress: (line: string) => void onLine?.(line), ...(signal ? { signal } : {}) };
  const base = await images.resolve(definition.image ?? options.baseImage, progress);
  if (packages === null) return { environment: { kind: "image", image: base.id }, digest: null, lock: null };
  const lock = options.lock ?? (await lockForImage(packages, provider, base, options));
  const digest = environmentDigest(lock, base.id);
  const image = await buildEnvironmentImage(images, digest, lock, base.id, build);
  return { environment: { kind: "image", image: image.id }, digest, lock };
}

/** On this machine when every package has wheels; else where the packages' own set-up can do no harm. */
async function lockForImage(
  packages: NonNullable<ReturnType<typeof packagesOf>>,
  provider: ComputeProvider,
  base: { id: string; platform: string },
  options: ResolveOptions,
): Promise<Lock> {
  const { home, onLine, signal } = options;
  try {
    return await lockRequirements(packages, { home, platform: base.platform, onLine, signal });
  } catch (error) {
    const needsBuild =
      error instanceof AppError &&
      /no (usable )?wheels|building source distributions|[Bb]uilding .* is disabled/.test(error.userMessage);
    if (!needsBuild) throw error;
    return lockInContainer(packages, { provider, home, image: base.id, onLine, signal });
  }
}

function noImages(definition: EnvironmentDefinition): AppError {
  return new AppError("VALIDATION_FAILED", {
    userMessage: `This compute runs no images, and the environment is the image ${definition.image}. Choose a compute with containers, or an environment of packages.`,
  });
}
