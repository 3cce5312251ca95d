import { networkInterfaces } from "node:os";

/**
 * The addresses to listen on: those of the setting, and that of the Docker bridge, since a container reaches the studio
 * there (`host.docker.internal`). The bridge faces containers of this machine only.
 */
export function listenAddresses(setting: string): string[] {
  const addresses = new Set(setting.split(",").map((part) => part.trim()));
  if (!addresses.has("0.0.0.0") && !addresses.has("::")) {
    const bridge = networkInterfaces().docker0?.find((entry) => entry.family === "IPv4");
    if (bridge) addresses.add(bridge.address);
  }
  return [...addresses];
}
