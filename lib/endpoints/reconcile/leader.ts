import type { Sql } from "postgres";
import { sleep } from "#lib/core/time.ts";

/** Any number that no other lock of the studio has. */
const lockKey = 727_001_501;
const retryMs = 2000;

export interface Leadership {
  /** Aborts when the lock is lost, which is when its connection is. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * Waits until this process is the only one that looks after endpoints. The lock lives in its own connection, so it is
 * free the moment its holder dies, by whatever signal. Null when `signal` aborts first.
 */
export async function becomeLeader(sql: Sql, signal: AbortSignal): Promise<Leadership | null> {
  while (!signal.aborted) {
    const connection = await sql.reserve().catch(() => null);
    if (connection) {
      const rows = await connection<
        { held: boolean }[]
      >`select pg_try_advisory_lock(${lockKey}) as held`.catch(() => []);
      if (rows[0]?.held) return hold(connection);
      connection.release();
    }
    await sleep(retryMs, signal);
  }
  return null;
}

function hold(connection: Awaited<ReturnType<Sql["reserve"]>>): Leadership {
  const lost = new AbortController();
  // The same session must still hold it: a connection that was made again in silence has lost the lock.
  const check = async () => {
    const [row] = await connection<{ held: boolean }[]>`
      select exists (select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and objid = ${lockKey} and granted) as held`;
    if (!row?.held) throw new Error("another process looks after endpoints now");
  };
  const timer = setInterval(() => {
    check().catch((error: unknown) => lost.abort(error));
  }, 1000);
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      await connection`select pg_advisory_unlock(${lockKey})`.catch(() => {});
      connection.release();
    },
  };
}
