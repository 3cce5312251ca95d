import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";

const bridgeName = "docker0";

function readProc(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** `000011AC`, as `/proc/net/route` writes an address, as a number. */
function routeNumber(hex: string): number {
  const bytes = hex.match(/../g) ?? [];
  return bytes.reverse().reduce((sum, byte) => sum * 256 + Number.parseInt(byte, 16), 0);
}

function addressNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The machine's own address in the network of an interface, from the kernel's tables. */
export function findInterfaceAddress(name: string, routes: string, localTable: string): string | undefined {
  const route = routes
    .split("\n")
    .map((line) => line.split(/\s+/))
    .find((fields) => fields[0] === name && fields[2] === "00000000");
  if (!route?.[1] || !route[7]) return undefined;
  const network = routeNumber(route[1]);
  const size = 2 ** 32 - routeNumber(route[7]);
  const own = [...localTable.matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g)].map((match) => match[1] ?? "");
  return own.find((address) => addressNumber(address) >= network && addressNumber(address) < network + size);
}

/**
 * The address of the Docker bridge, where a container reaches the studio (`host.docker.internal`). Node lists an
 * interface only while it carries something, and the bridge is idle when no container is on it; the kernel's tables name
 * its address all the same.
 */
export function findBridgeAddress(): string | undefined {
  const listed = networkInterfaces()[bridgeName]?.find((entry) => entry.family === "IPv4");
  if (listed) return listed.address;
  return findInterfaceAddress(bridgeName, readProc("/proc/net/route"), readProc("/proc/net/fib_trie"));
}

/** The addresses to listen on: those of the setting, and that of the bridge, which faces containers of this machine only. */
export function listenAddresses(setting: string): string[] {
  const addresses = new Set(setting.split(",").map((part) => part.trim()));
  if (!addresses.has("0.0.0.0") && !addresses.has("::")) {
    const bridge = findBridgeAddress();
    if (bridge) addresses.add(bridge);
  }
  return [...addresses];
}
