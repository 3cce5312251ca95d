import type { LogBuffer } from "./log-buffer.ts";

/** The lines that hold a text, found once each: a log only grows. Case does not matter. */
export class LogSearch {
  readonly query: string;
  #buffer: LogBuffer;
  #upTo = 0;
  #hits: number[] = [];

  constructor(buffer: LogBuffer, query: string) {
    this.#buffer = buffer;
    this.query = query.toLowerCase();
  }

  /** Indexes of the lines, rising. */
  hits(): readonly number[] {
    if (this.query === "") return [];
    const { length } = this.#buffer;
    if (length < this.#upTo) {
      this.#upTo = 0;
      this.#hits = [];
    }
    // The last line may still grow, so it is looked at again.
    if (this.#hits.at(-1) === this.#upTo) this.#hits.pop();
    for (let index = this.#upTo; index < length; index++) {
      if (this.#buffer.line(index)?.text.toLowerCase().includes(this.query)) this.#hits.push(index);
    }
    this.#upTo = Math.max(0, length - 1);
    return this.#hits;
  }
}

/** The next of the rising indexes after (or before) one; at the end it begins again. */
export function nextIndex(indexes: readonly number[], from: number, step: 1 | -1): number | undefined {
  if (step === 1) return indexes.find((index) => index > from) ?? indexes[0];
  return indexes.findLast((index) => index < from) ?? indexes.at(-1);
}
