#!/usr/bin/env node
// Runs the command line on the project's own Node, unless this one can run it as it is.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import nodeModule from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, "lib", "cli", "main.ts");
// Compiled code is kept beside the settings, where nobody else can write: a command then starts in half the time.
const cache = join(process.env.ATELIER_CONFIG_DIR ?? join(homedir(), ".atelier"), "cache");

if (Number.parseInt(process.versions.node, 10) >= 24) {
  nodeModule.enableCompileCache(cache);
  await import(main);
} else {
  const own = join(root, "node_modules", "node", "bin", "node");
  const child = spawn(existsSync(own) ? own : process.execPath, [main, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { NODE_COMPILE_CACHE: cache, ...process.env },
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
