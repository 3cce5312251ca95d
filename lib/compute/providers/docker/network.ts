import type { EngineClient } from "./client.ts";
import { statusOf } from "./client.ts";
import { networkName } from "./container-options.ts";

/** Makes the network of the runs when the engine has none: a bridge whose containers do not see each other. */
export async function ensureNetwork(engine: EngineClient): Promise<void> {
  await engine.call("look up the network of the runs", async (abortSignal) => {
    try {
      await engine.docker.getNetwork(networkName).inspect();
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      await createNetwork(engine, abortSignal);
    }
  });
}

async function createNetwork(engine: EngineClient, abortSignal: AbortSignal): Promise<void> {
  try {
    await engine.docker.createNetwork({
      Name: networkName,
      Driver: "bridge",
      CheckDuplicate: true,
      Options: { "com.docker.network.bridge.enable_icc": "false" },
      Labels: { "atelier.network": "runs" },
      abortSignal,
    });
  } catch (error) {
    // Another runner made it in the meantime.
    if (statusOf(error) !== 409) throw error;
  }
}
