import { isAbsolute, join, resolve, sep } from "node:path";
import { z } from "zod";
import type { ComputeHandle } from "#lib/compute/port.ts";
import { invalid } from "#lib/core/errors.ts";

/** What lies where for one attempt: what the wrapper writes, and the files that the program sees. */
export interface AttemptFolder {
  dir: string;
  /** The program's own folder. */
  files: string;
  home: string;
  tmp: string;
  labels: string;
  claimed: string;
  process: string;
  log: string;
  exit: string;
}

const handleSchema = z.object({ provider: z.literal("local"), attemptId: z.string() });

export function isAttemptId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,100}$/.test(text);
}

export function folderOf(rootDir: string, attemptId: string): AttemptFolder {
  if (!isAttemptId(attemptId)) {
    throw invalid("attemptId", "may hold letters, digits, dots, dashes and underscores only", attemptId);
  }
  const dir = join(rootDir, attemptId);
  return {
    dir,
    files: join(dir, "files"),
    home: join(dir, "home"),
    tmp: join(dir, "tmp"),
    labels: join(dir, "labels.json"),
    claimed: join(dir, "claimed"),
    process: join(dir, "process"),
    log: join(dir, "log"),
    exit: join(dir, "exit"),
  };
}

export function attemptOf(handle: ComputeHandle): string {
  const parsed = handleSchema.safeParse(handle);
  if (!parsed.success) throw invalid("handle", "is not one of a local process");
  return parsed.data.attemptId;
}

/** A path of a spec on this machine. Outside the attempt's folder nothing is read or written. */
export function pathBelow(root: string, path: string): string {
  const full = isAbsolute(path) ? resolve(path) : resolve(root, path);
  if (full !== root && !full.startsWith(root + sep)) {
    throw invalid("path", `“${path}” lies outside the run's folder`, path);
  }
  return full;
}
