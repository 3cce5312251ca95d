import { messageOf } from "#lib/core/errors.ts";
import { type HeldAttempt, LeaseLost } from "./held-attempt.ts";

const flushMs = 200;
const flushBytes = 256 * 1024;

/**
 * Moves a program's output into `log_chunks`, at the latest 200 ms after it was written. One statement checks the fence
 * and the offset and adds the bytes, so that what is stored is always a byte-exact prefix, whoever wrote it.
 */
export class LogShipper {
  readonly #held: HeldAttempt;
  #offset: number;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #writingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #failed: unknown;

  constructor(held: HeldAttempt, offset: number) {
    this.#held = held;
    this.#offset = offset;
  }

  /** How much was taken: where a reader that starts again has to go on. */
  get offset(): number {
    return this.#offset + this.#writingBytes + this.#waitingBytes;
  }

  /** Takes bytes; waits when much is unwritten, so that a program that prints fast is slowed and not held in memory. */
  async write(bytes: Buffer): Promise<void> {
    if (this.#failed !== undefined) throw this.#failed;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= flushBytes) await this.flush();
    else this.#timer ??= setTimeout(() => void this.flush().catch(() => {}), flushMs);
  }

  /** Resolves when everything taken so far is stored. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#store());
    return this.#writing;
  }

  async #store(): Promise<void> {
    if (this.#failed !== undefined) throw this.#failed;
    if (this.#waitingBytes === 0) return;
    const content = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writingBytes = content.length;
    try {
      await this.#append(content);
      this.#offset += content.length;
      this.#writingBytes = 0;
    } catch (error) {
      this.#failed = error instanceof LeaseLost ? error : new LeaseLost(messageOf(error));
      throw this.#failed;
    }
  }

  async #append(content: Buffer): Promise<void> {
    const { services, attempt } = this.#held;
    const rows = await services.sql`
      with held as (
        update attempts set log_size_bytes = log_size_bytes + ${content.length}
        where id = ${attempt.id} and fence = ${attempt.fence} and state = 'claimed' and log_size_bytes = ${this.#offset}
        returning id
      )
      insert into log_chunks (attempt_id, offset_bytes, content)
      select id, ${this.#offset}, ${content} from held
      returning 1`;
    if (rows.length === 0) throw new LeaseLost("another runner writes the log");
  }
}
