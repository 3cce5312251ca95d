import type { Database } from "#db/client.ts";
import { publish } from "#lib/live/outbox.ts";

/** What of a run clients change many times a second: `updated` stands for parameters and tags. */
export type FrequentEvent = "metrics" | "updated" | "files";

/** The least time between two events of one kind and run, in milliseconds. */
const pauseMs = 500;
/** More keys than this are not listed; a watcher then reads all of its charts anew. */
const maxKeys = 50;

interface Pending {
  keys: Set<string>;
  /** Whether something came since the last event. */
  dirty: boolean;
}

interface MeasuredRun {
  id: string;
  workspaceId: string;
  name: string;
}

const pendingOf = new WeakMap<Database, Map<string, Pending>>();

/**
 * Tells watchers that something was logged to a run: at once, then at most every 500 ms however much comes. Call it after
 * the change is committed. An event that cannot be written is left out, since the next one says the same.
 */
export function announce(
  db: Database,
  run: MeasuredRun,
  event: FrequentEvent,
  keys: Iterable<string> = [],
): void {
  const waiting = pendingOf.get(db) ?? new Map<string, Pending>();
  pendingOf.set(db, waiting);
  const name = `${run.id} ${event}`;
  const pending = waiting.get(name);
  if (pending) {
    for (const key of keys) pending.keys.add(key);
    pending.dirty = true;
    return;
  }
  const sendAndWait = (changed: Set<string>) => {
    send(db, run, event, changed);
    waiting.set(name, { keys: new Set(), dirty: false });
    setTimeout(() => {
      const since = waiting.get(name);
      waiting.delete(name);
      if (since?.dirty) sendAndWait(since.keys);
    }, pauseMs).unref();
  };
  sendAndWait(new Set(keys));
}

function send(db: Database, run: MeasuredRun, event: FrequentEvent, keys: Set<string>): void {
  const { workspaceId, name } = run;
  const data = keys.size === 0 || keys.size > maxKeys ? {} : { keys: [...keys] };
  publish(db, { workspaceId, kind: "run", name, event, data }).catch(() => {});
}
