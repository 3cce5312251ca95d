import type { IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { AppError, messageOf } from "#lib/core/errors.ts";
import { type HttpCall, httpCall, readText } from "./http-call.ts";
import {
  missingInputs,
  type StepEvent,
  type StepFailure,
  type StepRequest,
  stepEvent,
  stepFailure,
  type WorkerFile,
  type WorkerInput,
  workerHealth,
} from "./protocol.ts";

const callMs = 30_000;
const transferMs = 30 * 60_000;

/** The worker does not answer, or not in its protocol: it died or is dying. The step is tried again elsewhere. */
export class WorkerGone extends AppError {
  constructor(why: string, cause?: unknown) {
    super("UNAVAILABLE", { userMessage: `The worker that runs the steps went away: ${why}`, cause });
  }
}

/** What a step refers to and the worker does not have. */
export interface Missing {
  trees: string[];
  blobs: string[];
}

type Send = Partial<Pick<HttpCall, "body" | "signal">> & { json?: unknown; timeoutMs?: number };

/** One worker over HTTP. A worker that cannot be reached is `WorkerGone`. All calls but a step's have a time limit. */
export class WorkerClient {
  readonly #url: string;
  readonly #token: string;

  constructor(address: { host: string; port: number }, token: string) {
    this.#url = `http://${address.host}:${address.port}`;
    this.#token = token;
  }

  /** Null while it does not answer yet, or cannot take steps. */
  async health(timeoutMs = 2000): Promise<{ steps: number; running: number } | null> {
    const found = await this.#look(timeoutMs);
    return found?.ready ? found : null;
  }

  /** One that has run steps starts what it forks them from anew by itself, when the next one comes. */
  async takesSteps(): Promise<boolean> {
    const found = await this.#look(2000);
    return found !== null && (found.ready || found.steps > 0);
  }

  async #look(timeoutMs: number): Promise<{ ready: boolean; steps: number; running: number } | null> {
    try {
      const answer = await this.#send("GET", "/healthz", { timeoutMs });
      return workerHealth.parse(JSON.parse(await readText(answer)));
    } catch {
      return null;
    }
  }

  async putBlob(sha256: string, stream: Readable, sizeBytes: number): Promise<void> {
    const send = { body: { stream, sizeBytes }, timeoutMs: transferMs };
    await this.#done(await this.#send("PUT", `/blobs/${sha256}`, send), "take a file");
  }

  async getBlob(sha256: string): Promise<Readable> {
    const answer = await this.#send("GET", `/blobs/${sha256}`, { timeoutMs: transferMs });
    if (answer.statusCode !== 200) await this.#refuse(answer, "give a file");
    return answer;
  }

  /** Makes a folder known. The contents that must be put first, when some are not there. */
  async putTree(digest: string, files: readonly WorkerFile[]): Promise<string[]> {
    const answer = await this.#send("PUT", `/trees/${digest}`, { json: { files } });
    if (answer.statusCode === 409) return (await readMissing(answer)).blobs;
    await this.#done(answer, "take a folder");
    return [];
  }

  /** Runs a step and gives its events as they come, or what it lacks before anything has started. */
  async startStep(
    step: StepRequest,
    signal: AbortSignal,
  ): Promise<{ events: AsyncGenerator<StepEvent> } | { missing: Missing }> {
    const answer = await this.#send("POST", "/steps", { json: step, signal });
    if (answer.statusCode === 404) return { missing: await readMissing(answer) };
    if (answer.statusCode !== 200) await this.#refuse(answer, "start a step");
    return { events: this.#events(answer) };
  }

  async *#events(answer: IncomingMessage): AsyncGenerator<StepEvent> {
    let broken: unknown;
    answer.on("error", (error) => {
      broken = error;
    });
    try {
      for await (const line of createInterface({ input: answer, crlfDelay: Number.POSITIVE_INFINITY })) {
        if (line.trim() !== "") yield stepEvent.parse(JSON.parse(line));
      }
    } catch (error) {
      broken = error;
    }
    if (broken !== undefined) throw new WorkerGone(messageOf(broken), broken);
  }

  /** Ends a step, whoever started it; one that is not there is fine. */
  async cancelStep(id: string): Promise<void> {
    (await this.#send("DELETE", `/steps/${id}`, {})).resume();
  }

  /** Schema, counts and small histograms of a table. */
  async describe(
    input: WorkerInput,
    options: { rows: number; bins: number },
    signal?: AbortSignal,
  ): Promise<{ table: Record<string, unknown> } | { missing: Missing } | { failed: StepFailure }> {
    const json = { input, ...options };
    const answer = await this.#send("POST", "/tables/describe", { json, ...(signal ? { signal } : {}) });
    if (answer.statusCode === 404) return { missing: await readMissing(answer) };
    if (answer.statusCode === 422) {
      return {
        failed: stepFailure.parse((JSON.parse(await readText(answer)) as { failed: unknown }).failed),
      };
    }
    if (answer.statusCode !== 200) await this.#refuse(answer, "describe a table");
    return { table: JSON.parse(await readText(answer)) as Record<string, unknown> };
  }

  async #send(
    method: string,
    path: string,
    { json, body, signal, timeoutMs }: Send,
  ): Promise<IncomingMessage> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` };
    if (json !== undefined) headers["content-type"] = "application/json";
    const content = json === undefined ? body : JSON.stringify(json);
    try {
      return await httpCall(this.#url + path, {
        method,
        headers,
        signal: signal ?? AbortSignal.timeout(timeoutMs ?? callMs),
        ...(content === undefined ? {} : { body: content }),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new WorkerGone(messageOf(error), error);
    }
  }

  async #done(answer: IncomingMessage, what: string): Promise<void> {
    if ((answer.statusCode ?? 500) >= 300) await this.#refuse(answer, what);
    answer.resume();
  }

  /** Throws a refusal in the worker's own words. */
  async #refuse(answer: IncomingMessage, what: string): Promise<never> {
    const words = (await readText(answer)).slice(0, 500);
    if ((answer.statusCode ?? 500) >= 500) throw new WorkerGone(`it could not ${what}: ${words}`);
    throw new AppError("UNPROCESSABLE", { userMessage: `The worker could not ${what}: ${words}` });
  }
}

async function readMissing(answer: IncomingMessage): Promise<Missing> {
  const { missing } = missingInputs.parse(JSON.parse(await readText(answer)));
  return Array.isArray(missing) ? { trees: [], blobs: missing } : missing;
}
