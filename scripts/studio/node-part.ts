import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { showOutput } from "./output.ts";
import type { PartSpec } from "./supervise.ts";

export interface NodePartOptions {
  name: "web" | "runner" | "gateway";
  root: string;
  home: string;
  env: NodeJS.ProcessEnv;
  dev: boolean;
  graceMs: number;
}

const entries = { web: "lib/server/main.ts", runner: "lib/runner/main.ts", gateway: "lib/gateway/main.ts" };

/** One of the studio's three processes. In development it starts again when a file of the server side changes. */
export function planNodePart(options: NodePartOptions): PartSpec {
  const watch = ["lib", "db"].map((folder) => `--watch-path=${join(options.root, folder)}`);
  return {
    name: options.name,
    stopSignal: "SIGTERM",
    graceMs: options.graceMs,
    start: async (): Promise<ChildProcess> => {
      const args = [
        ...(options.dev ? [...watch, "--watch-preserve-output"] : []),
        join(options.root, entries[options.name]),
      ];
      // A process group of its own: Ctrl-C reaches only the supervisor, which then stops everything in order.
      const child = spawn(process.execPath, args, {
        cwd: options.root,
        env: options.env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const logFile = join(options.home, "logs", `${options.name}.log`);
      for (const stream of [child.stdout, child.stderr]) showOutput(options.name, stream, logFile);
      await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
      return child;
    },
  };
}
