import { setTimeout as sleep } from "node:timers/promises";
import { isNotFound } from "./errors.ts";

/** So many questions in a row may fail before waiting is given up; the studio may be restarting. */
const maxFailures = 10;

/**
 * Asks again until `done` says so, and answers what was found last; null when the thing is gone. `look` sees each
 * answer. There is no end by time: what is asked for goes on in the studio anyway, and Ctrl-C stops the waiting only.
 */
export async function waitUntil<T>(
  ask: () => Promise<T>,
  done: (found: T) => boolean,
  { look, pauseMs = 1000 }: { look?: (found: T) => void; pauseMs?: number } = {},
): Promise<T | null> {
  for (let failures = 0; ; ) {
    try {
      const found = await ask();
      failures = 0;
      look?.(found);
      if (done(found)) return found;
    } catch (error) {
      if (isNotFound(error)) return null;
      failures += 1;
      if (failures > maxFailures) throw error;
    }
    await sleep(failures > 0 ? 1000 : pauseMs);
  }
}
