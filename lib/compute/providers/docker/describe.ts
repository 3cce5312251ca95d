import type { ComputeCapabilities } from "#lib/compute/port.ts";
import { isAppError } from "#lib/core/errors.ts";
import type { EngineClient } from "./client.ts";

const always = {
  hostAddress: "host.docker.internal",
  enforces: { cpus: true, memory: true, pids: true, network: true, user: true },
  runsImages: true,
  canServe: true,
};

/** What the engine is and has; one that does not answer in 5 seconds is not available. */
export async function describeEngine(engine: EngineClient): Promise<ComputeCapabilities> {
  try {
    const info = await engine.call("say what it is", () => engine.docker.info(), {
      timeoutMs: 5000,
      retry: false,
    });
    const arch =
      { x86_64: "amd64", aarch64: "arm64" }[String(info.Architecture)] ?? String(info.Architecture);
    return {
      ...always,
      available: true,
      cpus: info.NCPU,
      memoryMib: Math.floor(info.MemTotal / 1024 / 1024),
      platform: `${info.OSType}/${arch}`,
      description: `Docker ${info.ServerVersion}`,
    };
  } catch (error) {
    const reason = isAppError(error) ? error.userMessage : engine.goneSentence(error);
    return {
      ...always,
      available: false,
      reason,
      cpus: 0,
      memoryMib: 0,
      platform: "unknown",
      description: "Docker",
    };
  }
}
