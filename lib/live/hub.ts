import type { Sql } from "postgres";
import { messageOf } from "#lib/core/errors.ts";
import type { Logger } from "#lib/core/logger.ts";
import { perServices } from "#lib/services/per-services.ts";
import type { Services } from "#lib/services/services.ts";
import type { LiveEvent } from "./model.ts";
import { outboxChannel } from "./outbox.ts";

interface OutboxRow {
  txid: string;
  id: string;
  workspaceId: string;
  kind: string;
  name: string;
  event: string;
  data: Record<string, unknown>;
  /** UTC milliseconds. */
  at: number;
}

interface Position {
  txid: string;
  id: string;
}

export interface LiveHub {
  /** Resolves once the hub knows where it starts; a change after that is never missed. */
  ready: Promise<void>;
  /** Calls `deliver` for each change of a workspace from now on. Returns how to stop. */
  subscribe(workspaceId: string, deliver: (event: LiveEvent) => void): () => void;
  /** The changes of a workspace after an event's id, at most 1,000; null when the id is too old or not ours. */
  replay(workspaceId: string, afterId: string): Promise<LiveEvent[] | null>;
  close(): Promise<void>;
}

const fallbackMs = 2000;

function toEvent(row: OutboxRow): LiveEvent {
  const { kind, name, event, data } = row;
  return { id: `${row.txid}.${row.id}`, kind, name, event, data, at: row.at };
}

/**
 * Reads the outbox for all watchers of this process: once per wake-up, and every two seconds in case a wake-up was lost.
 * Only rows older than every open transaction are read, so none is skipped.
 */
export function createLiveHub(sql: Sql, logger: Logger): LiveHub {
  const watchers = new Map<string, Set<(event: LiveEvent) => void>>();
  let position: Position | undefined;
  let reading: Promise<void> | undefined;
  let again = false;
  let closed = false;
  const started = Promise.withResolvers<void>();

  const readRows = (after: Position) => sql<OutboxRow[]>`
    select txid, id, workspace_id as "workspaceId", kind, name, event, data, (extract(epoch from created_at) * 1000)::float8 as at
    from outbox
    where (txid, id) > (${after.txid}::bigint, ${after.id}::bigint)
      and txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    order by txid, id limit 1000`;

  async function readNew(): Promise<void> {
    if (!position) {
      const [row] = await sql<Position[]>`
        select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as txid, '9223372036854775807' as id`;
      position = row;
      started.resolve();
      return;
    }
    for (;;) {
      const rows: OutboxRow[] = await readRows(position);
      for (const row of rows) {
        position = { txid: row.txid, id: row.id };
        for (const deliver of watchers.get(row.workspaceId) ?? []) deliver(toEvent(row));
      }
      if (rows.length < 1000) return;
    }
  }

  function wake(): void {
    if (closed) return;
    if (reading) {
      again = true;
      return;
    }
    reading = readNew()
      .catch((error: unknown) => logger.warn(`live events: ${messageOf(error)}`))
      .finally(() => {
        reading = undefined;
        if (!again) return;
        again = false;
        wake();
      });
  }

  const listening = sql.listen(outboxChannel, wake, wake).catch((error: unknown) => {
    logger.warn(`live events: cannot listen: ${messageOf(error)}`);
    return undefined;
  });
  const timer = setInterval(wake, fallbackMs);
  timer.unref();
  wake();

  return {
    ready: started.promise,
    subscribe(workspaceId, deliver) {
      const set = watchers.get(workspaceId) ?? new Set();
      watchers.set(workspaceId, set.add(deliver));
      return () => {
        set.delete(deliver);
        if (set.size === 0) watchers.delete(workspaceId);
      };
    },
    async replay(workspaceId, afterId) {
      const match = /^(\d{1,18})\.(\d{1,18})$/.exec(afterId);
      if (!match?.[1] || !match[2]) return null;
      const [known] =
        await sql`select 1 from outbox where txid = ${match[1]}::bigint and id = ${match[2]}::bigint`;
      if (!known) return null;
      const rows = await readRows({ txid: match[1], id: match[2] });
      return rows.length === 1000 ? null : rows.filter((row) => row.workspaceId === workspaceId).map(toEvent);
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await (await listening)?.unlisten();
    },
  };
}

/** The one hub of this process. */
export const getLiveHub = perServices("live-hub", ({ sql, logger }: Services) => createLiveHub(sql, logger));
