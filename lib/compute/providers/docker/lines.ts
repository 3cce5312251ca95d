import { StringDecoder } from "node:string_decoder";

const keep = 20;

/** Cuts bytes into lines, as they arrive, and keeps the last ones for an error message. */
export class LineSplitter {
  readonly last: string[] = [];
  readonly #decoder = new StringDecoder("utf8");
  readonly #say: (line: string) => void;
  #rest = "";

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  take(bytes: Buffer): void {
    const parts = (this.#rest + this.#decoder.write(bytes)).split("\n");
    this.#rest = parts.pop() ?? "";
    for (const line of parts) this.#line(line);
  }

  end(): void {
    const line = this.#rest + this.#decoder.end();
    this.#rest = "";
    if (line !== "") this.#line(line);
  }

  #line(line: string): void {
    const text = line.replace(/\r$/, "");
    this.last.push(text);
    if (this.last.length > keep) this.last.shift();
    this.#say(text);
  }
}
