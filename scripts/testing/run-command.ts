import { type ChildProcess, spawn } from "node:child_process";
import type { StageOutput } from "./stage-output.ts";

export interface CommandOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  timeoutMs: number;
  output: StageOutput;
}

const killMs = 10_000;
/** How long what is left in the pipes may take; a program that was left running holds them open for ever. */
const restMs = 2_000;

const running = new Set<ChildProcess>();

/** Asks every program that runs to end. */
export function stopCommands(): void {
  for (const child of running) child.kill("SIGTERM");
}

/** Runs a program and returns its exit code; past the time it is killed and counts as 124. */
export function runCommand(command: string, args: string[], options: CommandOptions): Promise<number> {
  const { cwd, output, timeoutMs } = options;
  return new Promise((resolve, reject) => {
    const colours = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...colours, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Uint8Array) => output.write(chunk));
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      output.write(`${command} took longer than ${timeoutMs / 1000} s and is ended\n`);
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), killMs).unref();
    }, timeoutMs);
    const end = (code: number | null) => {
      clearTimeout(timer);
      running.delete(child);
      resolve(late ? 124 : (code ?? 1));
    };
    child.once("error", reject);
    child.once("close", end);
    child.once("exit", (code) => setTimeout(() => end(code), restMs).unref());
  });
}
