import type { Readable } from "node:stream";
import type { LogOptions } from "#lib/compute/port.ts";
import { isAppError } from "#lib/core/errors.ts";
import { sleep } from "#lib/core/time.ts";
import { type EngineClient, statusOf } from "./client.ts";

/**
 * The container's log as one stream of bytes. The engine frames it (8 bytes: stream, length); the order of the frames
 * is the order of writing, and the same at every reading. When the engine goes away it is opened again and what was
 * given already is skipped.
 */
export async function* readLogs(
  engine: EngineClient,
  id: string,
  options: LogOptions = {},
): AsyncGenerator<Buffer> {
  const { follow = false, signal } = options;
  let given = options.sinceByte ?? 0;
  let quietRounds = 0;
  // Known before a reading: a program that had ended by then has written everything that this reading gives.
  let ended = !follow;
  while (!signal?.aborted) {
    let position = 0;
    const before = given;
    try {
      for await (const bytes of openOnce(engine, id, follow && !ended, signal)) {
        const from = Math.max(0, given - position);
        position += bytes.length;
        if (from >= bytes.length) continue;
        given = position;
        yield from === 0 ? bytes : bytes.subarray(from);
      }
      if (ended) return;
      ended = !(await isRunning(engine, id));
    } catch (error) {
      if (signal?.aborted) return;
      if (isAppError(error) && error.code !== "UNAVAILABLE") throw error;
      if (!follow || ++quietRounds > 20) throw engine.translate("read the log of a container", error);
      await sleep(500, signal);
      continue;
    }
    if (ended) continue;
    quietRounds = given > before ? 0 : quietRounds + 1;
    await sleep(quietRounds > 2 ? 300 : 50, signal);
  }
}

async function isRunning(engine: EngineClient, id: string): Promise<boolean> {
  return engine.call("look at a container", async (abortSignal) => {
    try {
      const { State } = await engine.docker.getContainer(id).inspect({ abortSignal });
      return State.Running || State.Status === "created";
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  });
}

async function* openOnce(
  engine: EngineClient,
  id: string,
  follow: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const query = { stdout: true, stderr: true, follow };
  const stream = await engine.call("read the log of a container", async (abortSignal) => {
    // `follow` outside the query makes the client stream: it would hold the whole log in memory otherwise.
    const options = { follow: true as const, abortSignal, _query: query };
    return (await engine.docker.getContainer(id).logs(options)) as Readable;
  });
  const stop = () => stream.destroy();
  signal?.addEventListener("abort", stop);
  try {
    yield* unframe(stream);
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
}

/**
 * Takes the engine's 8-byte frame headers out; gives what arrived of a frame without waiting for its end. A program that
 * prints short lines fast makes very many frames: those that arrive together are given together.
 */
export async function* unframe(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let header = Buffer.alloc(0);
  let left = 0;
  for await (let chunk of source) {
    const parts: Buffer[] = [];
    while (chunk.length > 0) {
      if (left === 0) {
        const need = 8 - header.length;
        header = Buffer.concat([header, chunk.subarray(0, need)]);
        chunk = chunk.subarray(need);
        if (header.length < 8) break;
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
        continue;
      }
      const part = chunk.subarray(0, left);
      left -= part.length;
      chunk = chunk.subarray(part.length);
      parts.push(part);
    }
    const [first] = parts;
    if (first) yield parts.length === 1 ? first : Buffer.concat(parts);
  }
}
