import type { ComputeHandle, ComputeProvider } from "#lib/compute/port.ts";
import { withTimeout } from "#lib/core/time.ts";
import type { Observation } from "../state.ts";

/** The port of the scoring server inside its container. */
export const servingPort = 5001;
const probeMs = 2000;

export interface Address {
  host: string;
  port: number;
}

/** How the container of an instance is; when the engine does not answer, that is all that is known. */
export async function observeContainer(
  provider: ComputeProvider,
  handle: ComputeHandle,
): Promise<Pick<Observation, "container" | "ending">> {
  try {
    const seen = await provider.inspect(handle);
    return { container: seen.state, ending: describeEnding(seen) };
  } catch {
    return { container: "unknown", ending: "" };
  }
}

function describeEnding(seen: {
  state: string;
  exitCode?: number;
  oomKilled?: boolean;
  error?: string;
}): string {
  if (seen.state === "missing") return "Its container was removed.";
  if (seen.oomKilled) return "It needed more memory than its size has, and was ended. Choose a larger size.";
  if (seen.error) return `It could not be started: ${seen.error}`;
  return seen.exitCode === undefined ? "" : `Its program ended with exit code ${seen.exitCode}.`;
}

/** Whether the model is loaded and takes requests. */
export async function isReady(address: Address): Promise<boolean> {
  try {
    return await withTimeout(probeMs, async (signal) => {
      const response = await fetch(`http://${address.host}:${address.port}/ready`, { signal });
      await response.arrayBuffer();
      return response.ok;
    });
  } catch {
    return false;
  }
}

/** The OpenAPI document that the model's server gives. */
export async function readOpenapi(address: Address): Promise<Record<string, unknown> | null> {
  try {
    return await withTimeout(probeMs, async (signal) => {
      const response = await fetch(`http://${address.host}:${address.port}/swagger.json`, { signal });
      return response.ok ? ((await response.json()) as Record<string, unknown>) : null;
    });
  } catch {
    return null;
  }
}
