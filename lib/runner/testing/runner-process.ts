import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunnerProcess {
  pid: number;
  /** Ends it as a crash would; resolves when it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Resolves when it has ended, by itself or by a signal. */
  gone: Promise<void>;
}

/** A runner as `npm start` runs it: a process of its own. Resolves when it is ready. */
export async function startRunnerProcess(variables: Record<string, string>): Promise<RunnerProcess> {
  const child: ChildProcess = spawn(process.execPath, ["lib/runner/main.ts"], {
    env: { ...process.env, ...variables, LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the runner ended with ${code} before it was ready`)));
    if (!child.stdout) return reject(new Error("the runner has no output"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.includes("runner is ready")) resolve();
      else if (/"level":(40|50)/.test(line)) process.stdout.write(`runner ${child.pid}: ${line}\n`);
    });
  });
  await ready;
  return {
    pid: child.pid ?? 0,
    gone,
    async kill(signal) {
      child.kill(signal);
      await gone;
    },
  };
}
