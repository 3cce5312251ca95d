import { readFileSync } from "node:fs";
import { join } from "node:path";
import Docker from "dockerode";
import { AppError, isAppError, messageOf } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";

/** How long a call is tried again while the engine does not answer: a restart of it takes a few seconds. */
const retryForMs = 12_000;

export interface CallOptions {
  timeoutMs?: number;
  /** Off for what must answer at once. */
  retry?: boolean;
}

/** One Docker Engine. Every call goes through `call`, so each has a time limit and fails with the studio's errors. */
export class EngineClient {
  readonly docker: Docker;
  readonly address: string;

  /** `host` as in DOCKER_HOST (`unix:///…`, `tcp://…`, `ssh://…`); without it that variable, else the usual socket. */
  constructor(host = process.env.DOCKER_HOST) {
    this.docker = new Docker(connection(host));
    this.address = host ?? "unix:///var/run/docker.sock";
  }

  /** The host name of the machine that the engine runs on, as this process reaches it. */
  get machine(): string {
    return /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(this.address)?.[1] ?? "127.0.0.1";
  }

  async call<T>(
    what: string,
    work: (abortSignal: AbortSignal) => Promise<T>,
    options: CallOptions = {},
  ): Promise<T> {
    const { timeoutMs = 30_000, retry = true } = options;
    const giveUpAt = Date.now() + (retry ? retryForMs : 0);
    for (let waitMs = 200; ; waitMs = Math.min(waitMs * 2, 2000)) {
      try {
        return await withDeadline(timeoutMs, work);
      } catch (error) {
        if (isAppError(error)) throw error;
        if (isGone(error) && Date.now() + waitMs < giveUpAt) await sleep(waitMs);
        else throw this.translate(what, error, timeoutMs);
      }
    }
  }

  /** The studio's error for what the engine answered; `call` uses it, streams do by themselves. */
  translate(what: string, error: unknown, timeoutMs = 0): AppError {
    if (isAppError(error)) return error;
    if (error instanceof DeadlineError) {
      return new AppError("TIMEOUT", {
        userMessage: `Docker did not answer in ${Math.round(timeoutMs / 1000)} s: ${what}. The machine may be overloaded; try again.`,
        cause: error,
      });
    }
    if (isGone(error) || codeOf(error) === "EACCES") {
      return new AppError("UNAVAILABLE", {
        userMessage: this.goneSentence(error),
        message: messageOf(error),
        cause: error,
      });
    }
    const status = statusOf(error);
    return new AppError(status === 404 ? "NOT_FOUND" : status === 409 ? "CONFLICT" : "UNPROCESSABLE", {
      userMessage: `Docker refused: ${what}. It said: ${engineWords(error)}`,
      cause: error,
    });
  }

  goneSentence(error: unknown): string {
    if (codeOf(error) === "EACCES") {
      return `The studio may not use Docker at ${this.address}. Add its user to the group docker, then start it again.`;
    }
    return `Docker does not answer at ${this.address}. Start it, or set DOCKER_HOST to where it runs.`;
  }
}

/** The HTTP status of an engine's refusal, or undefined when it never answered. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number"
    ? error.statusCode
    : undefined;
}

/** The engine's own sentence, without the wrapping of the client. */
export function engineWords(error: unknown): string {
  return messageOf(error)
    .replace(/^\(HTTP code \d+\) [^-]* - /, "")
    .trim();
}

class DeadlineError extends Error {}

function withDeadline<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new DeadlineError(`no answer in ${ms} ms`));
      controller.abort();
    }, ms);
    work(controller.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

function isGone(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT)$/.test(code);
}

function connection(host: string | undefined): Docker.DockerOptions | undefined {
  if (!host) return undefined;
  if (host.startsWith("unix://")) return { socketPath: host.slice("unix://".length) };
  const url = new URL(host.replace(/^tcp:/, "http:"));
  if (url.protocol === "ssh:")
    return { protocol: "ssh", host: url.hostname, port: url.port || 22, username: url.username };
  const certs = process.env.DOCKER_CERT_PATH;
  const tls = url.protocol === "https:" || Boolean(process.env.DOCKER_TLS_VERIFY);
  const read = (name: string) => readFileSync(join(certs ?? "", name));
  return {
    host: url.hostname,
    port: url.port || (tls ? 2376 : 2375),
    protocol: tls ? "https" : "http",
    ...(tls && certs ? { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") } : {}),
  };
}
