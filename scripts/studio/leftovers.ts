import { join } from "node:path";
import { findJson, writeJson } from "../services/files.ts";
import { endProcess, isAlive, type ProcessMark } from "../services/processes.ts";

type Marks = Record<string, ProcessMark>;

/** Ends what a supervisor that was killed left running, users of the database first. Returns the names. */
export async function endLeftovers(home: string): Promise<string[]> {
  const marks = findJson<Marks>(file(home)) ?? {};
  const alive = Object.entries(marks).filter(([, mark]) => isAlive(mark));
  const servers = alive.filter(([name]) => name === "store" || name === "postgres");
  const processes = alive.filter((entry) => !servers.includes(entry));
  await Promise.all(processes.map(([, mark]) => endProcess(mark, "SIGTERM", 10_000)));
  for (const [name, mark] of servers) {
    await endProcess(mark, name === "postgres" ? "SIGINT" : "SIGTERM", name === "postgres" ? 20_000 : 1_500);
  }
  writeJson(file(home), {});
  return alive.map(([name]) => name);
}

export function rememberProcess(home: string, name: string, mark: ProcessMark): void {
  writeJson(file(home), { ...findJson<Marks>(file(home)), [name]: mark });
}

function file(home: string): string {
  return join(home, "processes.json");
}
