import type { RunError } from "#db/schema/index.ts";
import type { PhaseName } from "#lib/runs/phases.ts";

/** A run cannot go on, and trying again would end the same way. */
export class RunFailure extends Error {
  readonly error: RunError;
  /** The phase to blame in the timeline. */
  readonly phase: PhaseName;

  constructor(error: RunError, phase: PhaseName) {
    super(error.message);
    this.error = error;
    this.phase = phase;
  }
}

const errorLine = /^(?:[\w.]+\.)?(\w*(?:Error|Exception|Exit|Interrupt|Warning))\b(?::.*)?$/;

/** The line of a log's end that says best what went wrong: the last exception, else the last line. */
export function findErrorLine(tail: string): string {
  const lines = tail
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal are taken out.
    .replace(/\u001b\[[0-9;]*[A-Za-z]/g, "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const named = lines.findLast((line) => errorLine.test(line) && !/Warning/.test(line));
  const line = named ?? lines.at(-1) ?? "";
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

export function formatMemory(memoryMib: number): string {
  const gib = memoryMib / 1024;
  return gib >= 1 ? `${Number(gib.toFixed(1))} GiB` : `${memoryMib} MiB`;
}

/** Why a command that ended with something else than 0 failed, in words for people. */
export function explainExit(exit: {
  exitCode: number | undefined;
  oomKilled: boolean;
  memoryMib: number;
  logTail: string;
  /** What the engine says when the command could not be started. */
  engineError?: string | undefined;
}): RunError {
  const { exitCode = -1, memoryMib } = exit;
  if (exit.oomKilled) {
    return {
      code: "OUT_OF_MEMORY",
      message: `The run needed more than its ${formatMemory(memoryMib)} of memory.`,
      hint: `Run it again with ${formatMemory(memoryMib * 2)}, or read the data in parts.`,
    };
  }
  if (exit.engineError) {
    return { code: "START_FAILED", message: `The command could not be started: ${exit.engineError}` };
  }
  const line = findErrorLine(exit.logTail);
  const because = line === "" ? "" : `: ${line}`;
  if (exitCode === 127) {
    return {
      code: "USER_ERROR",
      message: `The command was not found (exit code 127)${because}`,
      hint: "Check its spelling, and that the environment has the program.",
    };
  }
  if (exitCode > 128 && exitCode < 160) {
    const name = signals[exitCode - 128] ?? `signal ${exitCode - 128}`;
    return {
      code: "USER_ERROR",
      message: `The command was ended by ${name} (exit code ${exitCode})${because}`,
    };
  }
  return { code: "USER_ERROR", message: `The command ended with exit code ${exitCode}${because}` };
}

const signals: Record<number, string> = {
  1: "SIGHUP",
  2: "SIGINT",
  6: "SIGABRT",
  9: "SIGKILL",
  11: "SIGSEGV",
  15: "SIGTERM",
};
