import { messageOf } from "#lib/core/errors.ts";
import { sleep, withTimeout } from "#lib/core/time.ts";
import { routesChannel } from "#lib/endpoints/wake.ts";
import type { Services } from "#lib/services/services.ts";
import { loadTable } from "./load-table.ts";
import type { RoutingTable } from "./table.ts";

/** How old the table may be when no wake-up came; the reconciler waits longer than this before it stops an instance. */
export const refreshMs = 2000;

/** The longest that reading the table may take. */
const readMs = 3000;

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

export interface WatchedTable {
  /** The last table that could be read. Empty until the first read. */
  current(): RoutingTable;
  /** When the table was read last, in UTC ms, or null when it never was; and why the last try failed, if it did. */
  state(): { readAt: number | null; failure: string | null };
  close(): Promise<void>;
}

/**
 * Keeps the table in memory: read anew at every wake-up and every two seconds, so that a lost notification costs two
 * seconds and a lost database costs nothing but news.
 */
export function watchTable(
  services: Pick<Services, "db" | "sql" | "logger">,
  onChange: (table: RoutingTable) => void,
): WatchedTable {
  let table: RoutingTable = new Map();
  let readAt: number | null = null;
  let failure: string | null = null;
  let wake = new AbortController();
  const stop = new AbortController();

  async function refresh(): Promise<void> {
    try {
      // A cut line may leave the query waiting for ever: that is a failure like any other.
      table = await withTimeout(readMs, (signal) => Promise.race([loadTable(services.db), aborted(signal)]));
      if (failure) services.logger.info("the database answers again");
      readAt = Date.now();
      failure = null;
      onChange(table);
    } catch (error) {
      if (!failure) services.logger.warn(`routes are not refreshed: ${messageOf(error)}`);
      failure = messageOf(error);
    }
  }

  async function listen(): Promise<void> {
    // postgres.js listens again by itself after a lost connection; only the first try may fail.
    while (!stop.signal.aborted) {
      try {
        const listening = await services.sql.listen(routesChannel, () => wake.abort());
        await sleep(2 ** 31 - 1, stop.signal);
        await listening.unlisten().catch(() => {});
      } catch {
        await sleep(refreshMs, stop.signal);
      }
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      wake = new AbortController();
      await refresh();
      await sleep(refreshMs, AbortSignal.any([wake.signal, stop.signal]));
    }
  }

  const running = Promise.all([run(), listen()]);
  return {
    current: () => table,
    state: () => ({ readAt, failure }),
    async close() {
      stop.abort();
      await running;
    },
  };
}
