import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process as it can be recognised later: a pid alone may have been given to another one meanwhile. */
export interface ProcessMark {
  pid: number;
  startedAt: string;
}

/** The mark of a living process, or null when there is none (a zombie counts as dead). */
export function findMark(pid: number): ProcessMark | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return null;
  }
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z") return null;
      return { pid, startedAt: fields[19] ?? "" };
    } catch {
      return null;
    }
  }
  try {
    const startedAt = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      timeout: 5_000,
    });
    return { pid, startedAt: startedAt.trim() };
  } catch {
    return null;
  }
}

export function isAlive(mark: ProcessMark): boolean {
  return findMark(mark.pid)?.startedAt === mark.startedAt;
}

/** Sends `signal`, then SIGKILL after `graceMs`; resolves when the process is gone. */
export async function endProcess(mark: ProcessMark, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!isAlive(mark)) return;
  trySignal(mark.pid, signal);
  const deadline = Date.now() + graceMs;
  while (isAlive(mark)) {
    if (Date.now() > deadline) trySignal(mark.pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself between the look and the signal.
  }
}
