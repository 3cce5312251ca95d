import { join } from "node:path";
import type { ComputeProvider } from "./port.ts";
import { DockerProvider } from "./providers/docker/provider.ts";
import { ProcessProvider } from "./providers/process/provider.ts";

/** What a provider may need to know of its studio. */
export interface ComputeSettings {
  /** The studio's data folder. */
  home: string;
  dockerHost?: string | undefined;
}

/** The places that run programs. One more is one folder and one line. */
const providers = {
  docker: ({ dockerHost }: ComputeSettings): ComputeProvider => new DockerProvider({ host: dockerHost }),
  local: ({ home }: ComputeSettings): ComputeProvider => new ProcessProvider({ rootDir: join(home, "runs") }),
};

export type ComputeType = keyof typeof providers;

export const computeTypes = Object.keys(providers) as ComputeType[];

/** A provider object is cheap and holds no state: make one per process, or one per call. */
export function createComputeProvider(type: ComputeType, settings: ComputeSettings): ComputeProvider {
  return providers[type](settings);
}
