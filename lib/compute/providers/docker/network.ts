import type Docker from "dockerode";
import type { EngineClient } from "./client.ts";
import { statusOf } from "./client.ts";

/** The network of all runs: they reach out, not each other. */
const networkName = "atelier-runs";

/**
 * The id of the runs' network, made when the engine has none: a bridge whose containers do not see each other. An
 * engine takes two networks of one name when they are asked for at the same moment, and refuses the name from then
 * on; so everybody goes by the id of the oldest, and the others are removed.
 */
export async function ensureNetwork(engine: EngineClient, name = networkName): Promise<string> {
  return engine.call("look up the network of the runs", async (abortSignal) => {
    let networks = await listNetworks(engine, name, abortSignal);
    if (networks.length === 0) {
      await createNetwork(engine, name, abortSignal);
      networks = await listNetworks(engine, name, abortSignal);
    }
    const [oldest, ...others] = networks;
    if (oldest === undefined) throw new Error("The engine made no network");
    for (const { Id } of others) await removeNetwork(engine, Id, abortSignal);
    return oldest.Id;
  });
}

async function listNetworks(engine: EngineClient, name: string, abortSignal: AbortSignal) {
  const all = await engine.docker.listNetworks({ filters: { name: [name] }, abortSignal });
  const age = (network: Docker.NetworkInspectInfo) => `${network.Created} ${network.Id}`;
  return all
    .filter((network) => network.Name === name)
    .sort((one, other) => (age(one) < age(other) ? -1 : 1));
}

async function createNetwork(engine: EngineClient, name: string, abortSignal: AbortSignal): Promise<void> {
  try {
    await engine.docker.createNetwork({
      Name: name,
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

async function removeNetwork(engine: EngineClient, id: string, abortSignal: AbortSignal): Promise<void> {
  try {
    await engine.docker.getNetwork(id).remove({ abortSignal });
  } catch (error) {
    // One that a container uses stays as long as that container; one that is gone needs nothing.
    if (statusOf(error) === undefined) throw error;
  }
}
