// Runs on Node 20.9 before anything is installed: plain JavaScript, no dependency.
import { spawn } from "node:child_process";
import { projectNode } from "./install.mjs";

/**
 * Goes on with a TypeScript file on the project's Node. The child watches the channel between us, so it ends in order
 * even when this process is killed; signals reach it once, whether they were sent to us or to the whole terminal.
 */
export function runOnProjectNode(root, script, args) {
  const child = spawn(projectNode(root), [script, ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, ATELIER_BOOTSTRAPPED: "1" },
    detached: false,
  });
  // A terminal sends Ctrl-C to the child as well; a signal sent to us alone has to be passed on.
  process.on("SIGINT", () => child.connected && child.send("stop"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
