/** One event of the engine while it pulls. */
export interface PullEvent {
  id?: string;
  status?: string;
  progressDetail?: { current?: number; total?: number };
}

/** Sums the layers of a pull and says a line at most every two seconds, so that a log stays short. */
export class PullProgress {
  readonly #layers = new Map<string, { current: number; total: number }>();
  readonly #reference: string;
  readonly #say: (line: string) => void;
  #saidAt = 0;

  constructor(reference: string, say: (line: string) => void) {
    this.#reference = reference;
    this.#say = say;
  }

  take(event: PullEvent, now = Date.now()): void {
    const { id, status, progressDetail } = event;
    if (id === undefined || status !== "Downloading" || !progressDetail?.total) return;
    this.#layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
    if (now - this.#saidAt < 2000) return;
    this.#saidAt = now;
    let current = 0;
    let total = 0;
    for (const layer of this.#layers.values()) {
      current += layer.current;
      total += layer.total;
    }
    this.#say(`Pulling ${this.#reference}: ${mib(current)} of ${mib(total)} MiB`);
  }
}

function mib(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
