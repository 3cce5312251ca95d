import type { ChildProcess } from "node:child_process";
import { findMark, type ProcessMark } from "../services/processes.ts";
import { stopChild } from "../services/service.ts";

export interface PartSpec {
  name: string;
  /** Resolves when the part is up. */
  start: () => Promise<ChildProcess>;
  stopSignal: NodeJS.Signals;
  graceMs: number;
}

export interface Part {
  name: string;
  stop(): Promise<void>;
}

export interface SupervisorHooks {
  say(message: string): void;
  /** Called with every new process of a part, so that a later start can find it. */
  remember(name: string, mark: ProcessMark): void;
}

const longestPauseMs = 30_000;
/** A part that ran this long was well; its next failure starts with the shortest pause again. */
const healthyMs = 60_000;

/** Starts a part and starts it again, after longer and longer pauses, whenever it ends by itself. */
export async function supervise(spec: PartSpec, hooks: SupervisorHooks): Promise<Part> {
  let child: ChildProcess | null = null;
  let stopping = false;
  let failures = 0;
  let restart: NodeJS.Timeout | undefined;
  let starting: Promise<void> = Promise.resolve();

  async function start(): Promise<void> {
    const startedAt = Date.now();
    child = await spec.start();
    const mark = findMark(child.pid ?? 0);
    if (mark) hooks.remember(spec.name, mark);
    const onEnd = () => {
      if (Date.now() - startedAt > healthyMs) failures = 0;
      scheduleRestart(describeEnd(child));
    };
    if (child.exitCode !== null || child.signalCode !== null) onEnd();
    else child.once("exit", onEnd);
  }

  function scheduleRestart(why: string): void {
    if (stopping) return;
    const pauseMs = Math.min(1_000 * 2 ** failures++, longestPauseMs);
    hooks.say(`${spec.name} ${why}; starting it again in ${pauseMs / 1000} s`);
    restart = setTimeout(() => {
      starting = start().catch((error: unknown) => scheduleRestart(`did not start (${String(error)})`));
    }, pauseMs);
  }

  await start();
  return {
    name: spec.name,
    async stop() {
      stopping = true;
      clearTimeout(restart);
      await starting;
      if (child) await stopChild(child, spec.stopSignal, spec.graceMs);
    },
  };
}

function describeEnd(child: ChildProcess | null): string {
  return child?.signalCode ? `was ended by ${child.signalCode}` : `ended with exit code ${child?.exitCode}`;
}
