import { type Logger, pino } from "pino";

/** One JSON line per event on standard output; `LOG_LEVEL` (default `info`) filters. Never pass it a secret. */
export function createLogger(process: string): Logger {
  return pino({
    base: { process },
    level: globalThis.process.env.LOG_LEVEL || "info",
    redact: { paths: ["password", "token", "authorization", "*.password", "*.token"], censor: "[hidden]" },
  });
}

export type { Logger };
