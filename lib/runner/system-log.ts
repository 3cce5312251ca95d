import { runArtifactsPrefix } from "#lib/files/keys.ts";
import { noteRun } from "#lib/runs/transition.ts";
import { type HeldAttempt, writeHeld } from "./held-attempt.ts";

/** Progress shows in the page at most this often; the file has every line. */
const noteEveryMs = 1000;

/** What the studio itself did for a run, line by line with the time: notes while it happens, a file afterwards. */
export class SystemLog {
  readonly #held: HeldAttempt;
  readonly #lines: string[] = [];
  #notedAt = 0;

  constructor(held: HeldAttempt) {
    this.#held = held;
  }

  /** A step that people wait for: a line, and always a note. */
  async step(text: string): Promise<void> {
    this.line(text);
    await this.#note(text);
  }

  /** Progress inside a step. */
  async progress(text: string): Promise<void> {
    this.line(text);
    if (text.trim() !== "" && Date.now() - this.#notedAt >= noteEveryMs) await this.#note(text.trim());
  }

  line(text: string): void {
    this.#lines.push(`${new Date().toISOString()} ${text}`);
  }

  async #note(text: string): Promise<void> {
    this.#notedAt = Date.now();
    const { run, attempt } = this.#held;
    await writeHeld(this.#held, (tx) => noteRun(tx, run, text.slice(0, 500), attempt.id));
  }

  /** Keeps the lines among the run's files, under `system_logs/`. */
  async save(name: string): Promise<void> {
    if (this.#lines.length === 0) return;
    const { services, run, attempt } = this.#held;
    const folder = attempt.number > 1 ? `system_logs/attempt_${attempt.number}` : "system_logs";
    const key = `${runArtifactsPrefix(run.workspaceId, run.name)}${folder}/${name}.txt`;
    await services.store.put(key, Buffer.from(`${this.#lines.join("\n")}\n`), { contentType: "text/plain" });
  }
}
