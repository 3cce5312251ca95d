#!/usr/bin/env node
// Runs the command line on the project's own Node, whatever the machine has.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const own = join(root, "node_modules", "node", "bin", "node");
const node = existsSync(own) ? own : process.execPath;
// Compiled code is kept beside the settings, where nobody else can write: a command then starts in half the time.
const cache = join(process.env.ATELIER_CONFIG_DIR ?? join(homedir(), ".atelier"), "cache");
const child = spawn(node, [join(root, "lib", "cli", "main.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { NODE_COMPILE_CACHE: cache, ...process.env },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
