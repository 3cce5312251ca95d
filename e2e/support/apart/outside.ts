import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { relay } from "./relay.ts";

const timeoutMs = 10_000;

/** Whether `chromium.sh` may give Chromium a network of its own: as root, with iproute2, on Linux. */
function isAllowed(): boolean {
  const tried = spawnSync(
    "unshare",
    ["--net", "--", "sh", "-ec", "ip link set lo up; ip link add name outside type veth peer name nowhere"],
    {
      timeout: timeoutMs,
    },
  );
  return tried.status === 0;
}

/** Lets a Chromium in a network of its own reach a studio on this machine; tells it how by variables. */
export async function openWayIn(studioUrl: string): Promise<() => void> {
  const { hostname, port } = new URL(studioUrl);
  if (hostname !== "localhost" || !isAllowed()) return () => {};
  const folder = mkdtempSync(join(tmpdir(), "atelier-way-in-"));
  const path = join(folder, "studio.sock");
  const server = await relay({ path }, { host: hostname, port: Number(port) });
  Object.assign(process.env, {
    ATELIER_TEST_SOCKET: path,
    ATELIER_TEST_PORT: port,
    ATELIER_TEST_NODE: process.execPath,
  });
  return () => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
