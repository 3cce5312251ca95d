import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

/** The part of `/proc/<pid>/stat` that is read here (proc(5)); times in clock ticks, of which Linux shows 100 a second. */
export interface ProcessStat {
  pid: number;
  state: string;
  session: number;
  cpuTicks: number;
  startTicks: number;
}

export const ticksPerSecond = 100;

/** The name between the parentheses may hold anything, so the fields are counted after the last one. */
export function parseStat(text: string): ProcessStat | null {
  const close = text.lastIndexOf(")");
  const rest = text.slice(close + 2).split(" ");
  const [state, session, user, system, start] = [rest[0], rest[3], rest[11], rest[12], rest[19]];
  if (close < 0 || state === undefined || start === undefined) return null;
  return {
    pid: Number.parseInt(text, 10),
    state,
    session: Number(session),
    cpuTicks: Number(user) + Number(system),
    startTicks: Number(start),
  };
}

/** Null for a process that does not exist, or has ended and waits for its parent to notice. */
export async function findProcess(pid: number): Promise<ProcessStat | null> {
  return alive(await readOrNull(`/proc/${pid}/stat`));
}

function alive(text: string | null): ProcessStat | null {
  const stat = text === null ? null : parseStat(text);
  return stat === null || stat.state === "Z" || stat.state === "X" ? null : stat;
}

/**
 * All living processes of a session, its leader included. Read at once: the kernel has all of it in memory, and hundreds
 * of files read one by one beside other work take ten times as long.
 */
export function listSession(session: number): ProcessStat[] {
  return readdirSync("/proc").flatMap((name) => {
    const stat = /^\d+$/.test(name) ? alive(readNowOrNull(`/proc/${name}/stat`)) : null;
    return stat?.session === session ? [stat] : [];
  });
}

export async function residentKib(pid: number): Promise<number> {
  const status = (await readOrNull(`/proc/${pid}/status`)) ?? "";
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
}

export async function bootId(): Promise<string> {
  return ((await readOrNull("/proc/sys/kernel/random/boot_id")) ?? "").trim();
}

export async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    // A process can end between the listing and the reading.
    return null;
  }
}

function readNowOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
