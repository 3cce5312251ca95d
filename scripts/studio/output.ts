import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { rotateLog } from "../services/service.ts";

const widestName = 8;
const longestCause = 200;

/** Writes each line of a process's output to its log file as it is, and to the terminal with the process's name. */
export function showOutput(name: string, stream: Readable, logFile: string): void {
  mkdirSync(dirname(logFile), { recursive: true });
  rotateLog(logFile);
  let rest = "";
  const put = (line: string) => {
    appendFileSync(logFile, `${line}\n`, { mode: 0o600 });
    const shown = formatLine(line);
    if (shown !== null) process.stdout.write(`${name.padEnd(widestName)} | ${shown}\n`);
  };
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) put(line);
  });
  stream.on("end", () => {
    if (rest !== "") put(rest);
  });
}

interface LogLine {
  level?: number;
  time?: number;
  msg?: string;
  err?: { message?: string; stack?: string };
}

/** A line of the studio's own log as a person reads it; anything else as it is; null for an empty line. */
function formatLine(line: string): string | null {
  if (line.trim() === "") return null;
  if (!line.startsWith('{"level":')) return line;
  try {
    const entry = JSON.parse(line) as LogLine;
    const time = new Date(entry.time ?? Date.now()).toISOString().slice(11, 19);
    const level = (entry.level ?? 30) >= 50 ? "error: " : (entry.level ?? 30) >= 40 ? "warning: " : "";
    // The log file has the whole of it.
    const cause = entry.err?.message?.split("\n")[0]?.slice(0, longestCause);
    const why = cause && cause !== entry.msg ? ` (${cause})` : "";
    return `${time} ${level}${entry.msg ?? ""}${why}`;
  } catch {
    return line;
  }
}
