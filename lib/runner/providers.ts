import type { ComputeProvider } from "#lib/compute/port.ts";
import { computeTypes, createComputeProvider } from "#lib/compute/registry.ts";
import type { Env } from "#lib/core/env.ts";

export type Providers = ReadonlyMap<string, ComputeProvider>;

/** Every provider of the registry, as this studio is set up. */
export function createProviders(env: Env): Providers {
  const settings = { home: env.home, dockerHost: env.DOCKER_HOST };
  return new Map(computeTypes.map((type) => [type, createComputeProvider(type, settings)]));
}
