import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { AppError, messageOf } from "#lib/core/errors.ts";
import {
  missingInputs,
  type StepEvent,
  type StepRequest,
  stepEvent,
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

/** One worker over HTTP. Every call has a time limit; a worker that cannot be reached is `WorkerGone`. */
export class WorkerClient {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(address: { host: string; port: number }, token: string) {
    this.#url = `http://${address.host}:${address.port}`;
    this.#headers = { authorization: `Bearer ${token}` };
  }

  /** Null while it does not answer yet. */
  async health(timeoutMs = 2000): Promise<{ steps: number; running: number } | null> {
    try {
      const response = await this.#fetch("/healthz", { signal: AbortSignal.timeout(timeoutMs) });
      if (!response.ok) return null;
      const { ready, steps, running } = workerHealth.parse(await response.json());
      return ready ? { steps, running } : null;
    } catch {
      return null;
    }
  }

  async putBlob(sha256: string, body: Readable, sizeBytes: number): Promise<void> {
    const response = await this.#send("PUT", `/blobs/${sha256}`, {
      body: Readable.toWeb(body) as unknown as ReadableStream,
      duplex: "half",
      headers: { ...this.#headers, "content-length": String(sizeBytes) },
      signal: AbortSignal.timeout(transferMs),
    });
    await this.#expect(response, "take a file");
  }

  async getBlob(sha256: string): Promise<Readable> {
    const response = await this.#send("GET", `/blobs/${sha256}`, { signal: AbortSignal.timeout(transferMs) });
    if (!response.ok || !response.body) await this.#expect(response, "give a file");
    return Readable.fromWeb(response.body as NodeReadableStream);
  }

  /** Makes a folder known. The contents that must be put first, when some are not there. */
  async putTree(digest: string, files: readonly WorkerFile[]): Promise<string[]> {
    const response = await this.#json("PUT", `/trees/${digest}`, { files });
    if (response.status === 409) {
      const { missing } = missingInputs.parse(await response.json());
      return Array.isArray(missing) ? missing : missing.blobs;
    }
    await this.#expect(response, "take a folder");
    return [];
  }

  /** Runs a step and gives its events as they come, or what it lacks before anything has started. */
  async startStep(
    step: StepRequest,
    signal: AbortSignal,
  ): Promise<{ events: AsyncGenerator<StepEvent> } | { missing: Missing }> {
    const response = await this.#json("POST", "/steps", step, signal);
    if (response.status === 404) return { missing: await readMissing(response) };
    if (!response.ok || !response.body) await this.#expect(response, "start a step");
    return { events: this.#events(Readable.fromWeb(response.body as NodeReadableStream)) };
  }

  async *#events(body: Readable): AsyncGenerator<StepEvent> {
    const broken = new Promise<never>((_, reject) => body.once("error", reject));
    broken.catch(() => {});
    try {
      for await (const line of createInterface({ input: body, crlfDelay: Number.POSITIVE_INFINITY })) {
        if (line.trim() !== "") yield stepEvent.parse(JSON.parse(line));
      }
      // Readline ends quietly with a broken stream: a moment lets its error show.
      await Promise.race([broken, new Promise((resolve) => setImmediate(resolve))]);
    } catch (error) {
      throw new WorkerGone(messageOf(error), error);
    } finally {
      body.destroy();
    }
  }

  /** Ends a step, whoever started it; one that is not there is fine. */
  async cancelStep(id: string): Promise<void> {
    const response = await this.#send("DELETE", `/steps/${id}`, { signal: AbortSignal.timeout(callMs) });
    await response.body?.cancel();
  }

  /** Schema, counts and small histograms of a table. */
  async describe(
    input: WorkerInput,
    options: { rows: number; bins: number },
    signal?: AbortSignal,
  ): Promise<{ table: Record<string, unknown> } | { missing: Missing }> {
    const response = await this.#json("POST", "/tables/describe", { input, ...options }, signal);
    if (response.status === 404) return { missing: await readMissing(response) };
    await this.#expect(response, "describe a table", true);
    return { table: (await response.json()) as Record<string, unknown> };
  }

  #json(method: string, path: string, value: unknown, signal?: AbortSignal): Promise<Response> {
    return this.#send(method, path, {
      body: JSON.stringify(value),
      headers: { ...this.#headers, "content-type": "application/json" },
      signal: signal ?? AbortSignal.timeout(callMs),
    });
  }

  async #send(method: string, path: string, init: RequestInit & { duplex?: "half" }): Promise<Response> {
    try {
      return await this.#fetch(path, { ...init, method });
    } catch (error) {
      if (init.signal?.aborted && init.signal.reason instanceof AppError) throw init.signal.reason;
      throw new WorkerGone(messageOf(error instanceof Error && error.cause ? error.cause : error), error);
    }
  }

  #fetch(path: string, init: RequestInit): Promise<Response> {
    return fetch(this.#url + path, { headers: this.#headers, ...init });
  }

  /** Throws for a refusal, in the worker's own words; else drops the rest of the answer. */
  async #expect(response: Response, what: string, keep = false): Promise<void> {
    if (response.ok) {
      if (!keep) await response.body?.cancel();
      return;
    }
    const words = (await response.text()).slice(0, 500);
    if (response.status >= 500) throw new WorkerGone(`it could not ${what}: ${words}`);
    throw new AppError("UNPROCESSABLE", { userMessage: `The worker could not ${what}: ${words}` });
  }
}

async function readMissing(response: Response): Promise<Missing> {
  const { missing } = missingInputs.parse(await response.json());
  return Array.isArray(missing) ? { trees: [], blobs: missing } : missing;
}
