import { stat } from "node:fs/promises";
import type { ComputeState } from "#lib/compute/port.ts";
import { sleep } from "#lib/core/time.ts";
import type { AttemptFolder } from "./folders.ts";
import {
  bootId,
  findProcess,
  listSession,
  type ProcessStat,
  parseStat,
  readOrNull,
} from "./process-table.ts";

/** How long a launch may stand between its lock and its first note before it counts as cut off. */
const noteMs = 10_000;

/** The wrapper of an attempt as it noted itself; null before it did, or when the machine has restarted since. */
export async function readOwner(folder: AttemptFolder): Promise<ProcessStat | null> {
  const [line = "", boot = ""] = ((await readOrNull(folder.process)) ?? "").split("\n");
  if (line === "" || boot !== (await bootId())) return null;
  return parseStat(line);
}

/** Everything of the attempt that lives, wrapper first. A reused number has another start time and is not counted. */
export async function livingProcesses(folder: AttemptFolder): Promise<ProcessStat[]> {
  const owner = await readOwner(folder);
  if (owner === null) return [];
  const session = listSession(owner.pid);
  const leader = session.find((one) => one.pid === owner.pid);
  if (leader !== undefined && leader.startTicks !== owner.startTicks) return [];
  return session
    .filter((one) => one.startTicks >= owner.startTicks)
    .sort((a) => (a.pid === owner.pid ? -1 : 1));
}

export async function stateOf(folder: AttemptFolder): Promise<ComputeState> {
  if (!(await timeOf(folder.dir))) return { state: "missing" };
  const claimedAt = await timeOf(folder.claimed);
  if (claimedAt === null) return { state: "created" };
  const ended = await readExit(folder);
  if (ended !== null) return ended;
  const startedAt = await timeOf(folder.process);
  if (startedAt === null && Date.now() - claimedAt.getTime() < noteMs) return { state: "created" };
  const owner = await readOwner(folder);
  const alive = owner === null ? null : await findProcess(owner.pid);
  if (alive !== null && alive.startTicks === owner?.startTicks) {
    return { state: "running", ...(startedAt && { startedAt }) };
  }
  // The code is written before the wrapper ends, so it is there now, or never will be.
  return (
    (await readExit(folder)) ?? {
      state: "exited",
      exitCode: 137,
      error: "The process ended without an exit code: it was killed, or the machine restarted.",
      ...(startedAt && { startedAt }),
      finishedAt: (await timeOf(folder.log)) ?? claimedAt,
    }
  );
}

async function readExit(folder: AttemptFolder): Promise<ComputeState | null> {
  const text = await readOrNull(folder.exit);
  if (text === null) return null;
  const [startedAt, finishedAt] = [await timeOf(folder.process), await timeOf(folder.exit)];
  return {
    state: "exited",
    exitCode: Number.parseInt(text, 10),
    oomKilled: false,
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
  };
}

/** Sends a signal to the program and all it started; the wrapper stays, so that the exit code is kept. */
export async function signalProgram(folder: AttemptFolder, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  const owner = await readOwner(folder);
  for (const { pid } of await livingProcesses(folder)) if (pid !== owner?.pid) send(pid, signal);
}

/** Waits until the attempt has ended; false after `ms`. */
export async function waitForEnd(folder: AttemptFolder, ms: number): Promise<boolean> {
  const until = Date.now() + ms;
  for (;;) {
    const { state } = await stateOf(folder);
    if (state === "exited" || state === "missing") return true;
    if (Date.now() >= until) return false;
    await sleep(50);
  }
}

/** Ends everything of the attempt at once, the wrapper too. */
export async function killAll(folder: AttemptFolder): Promise<void> {
  for (let round = 0; round < 40; round++) {
    const living = await livingProcesses(folder);
    if (living.length === 0) return;
    for (const { pid } of living) send(pid, "SIGKILL");
    await sleep(50);
  }
}

function send(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

async function timeOf(path: string): Promise<Date | null> {
  try {
    return (await stat(path)).mtime;
  } catch {
    return null;
  }
}
