import { type ParsedLine, parseLine } from "./parse-line.ts";

export interface LogBufferState {
  /** Grows with every change that was told. */
  version: number;
  lines: number;
  bytes: number;
  /** When the last bytes came, in UTC milliseconds. */
  changedAt: number | null;
}

/**
 * The lines of one log, filled by chunks of bytes as they come. A character or a line may be cut anywhere between two
 * chunks. Readers are told at most once a frame, so that 200,000 lines can pour in.
 */
export class LogBuffer {
  #lines: ParsedLine[] = [];
  #open = "";
  #openAt: number | null = null;
  #openParsed: ParsedLine | null = null;
  #decoder = new TextDecoder();
  #bytes = 0;
  #changedAt: number | null = null;
  #errors: number[] = [];
  #warnings: number[] = [];
  #timed = false;
  #listeners = new Set<() => void>();
  #telling = false;
  #state: LogBufferState = { version: 0, lines: 0, bytes: 0, changedAt: null };

  /** `writtenAtMs`: when these bytes were written, in UTC milliseconds. */
  append(chunk: Uint8Array | string, writtenAtMs: number | null = null): void {
    const text = typeof chunk === "string" ? chunk : this.#decoder.decode(chunk, { stream: true });
    this.#bytes += typeof chunk === "string" ? new TextEncoder().encode(chunk).length : chunk.length;
    this.#changedAt = Date.now();
    if (this.#open === "") this.#openAt = writtenAtMs;
    const parts = (this.#open + text).split("\n");
    this.#open = parts.pop() ?? "";
    for (const part of parts) {
      this.#push(parseLine(part, this.#openAt));
      this.#openAt = writtenAtMs;
    }
    this.#openParsed = this.#open === "" ? null : parseLine(this.#open, this.#openAt);
    this.#tell();
  }

  clear(): void {
    this.#lines = [];
    this.#open = "";
    this.#openAt = null;
    this.#openParsed = null;
    this.#decoder = new TextDecoder();
    this.#bytes = 0;
    this.#errors = [];
    this.#warnings = [];
    this.#timed = false;
    this.#tell();
  }

  /** Lines so far, one that is still being written among them. */
  get length(): number {
    return this.#lines.length + (this.#openParsed ? 1 : 0);
  }

  /** The bytes taken in: where to go on reading. */
  get bytes(): number {
    return this.#bytes;
  }

  /** From 0. */
  line(index: number): ParsedLine | undefined {
    return this.#lines[index] ?? (index === this.#lines.length ? (this.#openParsed ?? undefined) : undefined);
  }

  /** Indexes of finished lines, rising. */
  get errors(): readonly number[] {
    return this.#errors;
  }

  get warnings(): readonly number[] {
    return this.#warnings;
  }

  /** True when lines carry their time. */
  get timed(): boolean {
    return this.#timed;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getState = (): LogBufferState => this.#state;

  #push(line: ParsedLine): void {
    const index = this.#lines.push(line) - 1;
    if (line.level === "error") this.#errors.push(index);
    else if (line.level === "warning") this.#warnings.push(index);
    if (line.atMs !== null) this.#timed = true;
  }

  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    const tell = () => {
      this.#telling = false;
      const version = this.#state.version + 1;
      this.#state = { version, lines: this.length, bytes: this.#bytes, changedAt: this.#changedAt };
      for (const listener of this.#listeners) listener();
    };
    // A page in the background draws no frames, and must still keep count.
    if (typeof requestAnimationFrame === "function" && !document.hidden) requestAnimationFrame(tell);
    else setTimeout(tell, 16);
  }
}

/** From which byte on what was written when: `[offset in bytes, UTC milliseconds]`, rising. */
export type LogMarks = readonly (readonly [number, number])[];

/** Appends bytes that begin at `buffer.bytes`, cut at the marks; what lies behind the last mark is written now. */
export function appendMarked(
  buffer: LogBuffer,
  chunk: Uint8Array,
  marks: LogMarks,
  knownBytes: number,
): void {
  let rest = chunk;
  while (rest.length > 0) {
    const offset = buffer.bytes;
    const next = marks.findIndex(([start]) => start > offset);
    const at = offset >= knownBytes ? Date.now() : (marks.at(next === -1 ? -1 : next - 1)?.[1] ?? null);
    const end =
      next === -1 ? (offset < knownBytes ? knownBytes : Number.POSITIVE_INFINITY) : (marks[next]?.[0] ?? 0);
    const part = rest.subarray(0, Math.min(rest.length, end - offset));
    buffer.append(part, at);
    rest = rest.subarray(part.length);
  }
}

/** Pours a response into a buffer until it ends or the signal aborts. */
export async function readIntoBuffer(
  buffer: LogBuffer,
  stream: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
  append: (chunk: Uint8Array) => void = (chunk) => buffer.append(chunk),
): Promise<void> {
  const reader = stream.getReader();
  const stop = () => void reader.cancel();
  signal?.addEventListener("abort", stop);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal?.aborted) return;
      append(value);
    }
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
