import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "#lib/core/errors.ts";
import type { Answer, Operations } from "./protocol.ts";

export interface TableEngine {
  /** Asks the worker. A call that takes longer than `timeoutMs` ends the worker and answers `TIMEOUT`. */
  call<K extends keyof Operations>(
    operation: K,
    input: Operations[K]["input"],
    timeoutMs?: number,
  ): Promise<Operations[K]["output"]>;
  close(): void;
}

interface Pending {
  worker: ChildProcess;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * DuckDB in a process of its own: a query that needs too much memory or never ends takes down the worker, not the studio.
 * The worker starts with the first call and again after it died.
 */
export function createTableEngine(options: { memoryMib: number; tempFolder?: string }): TableEngine {
  const tempFolder = options.tempFolder ?? join(tmpdir(), "atelier-tables");
  const pending = new Map<number, Pending>();
  let worker: ChildProcess | undefined;
  let nextId = 1;

  function start(): ChildProcess {
    mkdirSync(tempFolder, { recursive: true });
    // A plain path under the project, since Next's bundle has no address of this file.
    const child = fork(
      /* turbopackIgnore: true */ join(process.cwd(), "lib", "tables", "worker", "main.ts"),
      {
        env: { ...process.env, TABLES_MEMORY_MIB: String(options.memoryMib), TABLES_TEMP_FOLDER: tempFolder },
        execArgv: [],
      },
    );
    child.on("message", (answer: Answer) => {
      const waiting = pending.get(answer.id);
      pending.delete(answer.id);
      if (answer.refused) waiting?.reject(new AppError(answer.refused.code, answer.refused));
      else if (answer.failure !== undefined) waiting?.reject(new Error(`table engine: ${answer.failure}`));
      else waiting?.resolve(answer.output);
    });
    child.on("exit", () => {
      if (worker === child) worker = undefined;
      for (const [id, waiting] of pending) {
        if (waiting.worker !== child) continue;
        pending.delete(id);
        waiting.reject(
          new AppError("UNAVAILABLE", {
            userMessage: "The table engine stopped while it worked on this. Try again.",
          }),
        );
      }
    });
    child.unref();
    child.channel?.unref();
    return child;
  }

  return {
    call(operation, input, timeoutMs = 30_000) {
      worker ??= start();
      const child = worker;
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          pending.delete(id);
          if (worker === child) worker = undefined;
          child.kill("SIGKILL");
          reject(
            new AppError("TIMEOUT", {
              userMessage: `The table took longer than ${timeoutMs / 1000} s to read.`,
            }),
          );
        }, timeoutMs);
        pending.set(id, {
          worker: child,
          resolve(value) {
            clearTimeout(timer);
            resolve(value as never);
          },
          reject(error) {
            clearTimeout(timer);
            reject(error);
          },
        });
        child.send({ id, operation, input });
      });
    },
    close() {
      worker?.kill();
    },
  };
}
