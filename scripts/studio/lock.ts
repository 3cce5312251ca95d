import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findMark, isAlive, type ProcessMark } from "../services/processes.ts";

export interface LockHolder {
  mark: ProcessMark;
  url: string;
  since: string;
}

export class AlreadyRunning extends Error {}

/**
 * Makes this process the only studio on the data folder, or throws `AlreadyRunning` that says who is. A lock whose
 * process is dead is taken over. Returns how to let go.
 */
export function takeLock(home: string, url: string): () => void {
  const path = join(home, "studio.lock");
  const mark = findMark(process.pid);
  if (!mark) throw new Error("this process cannot find itself");
  const own: LockHolder = { mark, url, since: new Date().toISOString() };
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    for (;;) {
      // Linking a whole file is atomic: nobody sees a lock without its holder.
      if (tryLink(draft, path)) break;
      const holder = findHolder(path);
      if (holder && isAlive(holder.mark)) {
        throw new AlreadyRunning(
          `A studio already runs on ${home}: process ${holder.mark.pid}, ${holder.url}, since ${holder.since}. Stop it, or set ATELIER_HOME to another folder.`,
        );
      }
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (findHolder(path)?.mark.pid === process.pid) rmSync(path, { force: true });
  };
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function findHolder(path: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LockHolder;
  } catch {
    return null;
  }
}
