import type { Database } from "#db/client.ts";
import { publish } from "#lib/live/outbox.ts";

/** The least time between two events of one run, in milliseconds. */
const pauseMs = 500;
/** More keys than this are not listed; a watcher then reads all of its charts anew. */
const maxKeys = 50;

interface Pending {
  keys: Set<string>;
  timer: NodeJS.Timeout;
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
 * Tells watchers that a run has new metrics: at once, then at most every 500 ms however many points come. Call it after
 * the points are committed. An event that cannot be written is left out, since the next one says the same.
 */
export function announceMetrics(db: Database, run: MeasuredRun, keys: Iterable<string>): void {
  const waiting = pendingOf.get(db) ?? new Map<string, Pending>();
  pendingOf.set(db, waiting);
  const pending = waiting.get(run.id);
  if (pending) {
    for (const key of keys) pending.keys.add(key);
    pending.dirty = true;
    return;
  }
  send(db, run, new Set(keys));
  waiting.set(run.id, { keys: new Set(), dirty: false, timer: startTimer(db, waiting, run) });
}

function startTimer(db: Database, waiting: Map<string, Pending>, run: MeasuredRun): NodeJS.Timeout {
  const timer = setTimeout(() => {
    const pending = waiting.get(run.id);
    waiting.delete(run.id);
    if (!pending?.dirty) return;
    send(db, run, pending.keys);
    waiting.set(run.id, { keys: new Set(), dirty: false, timer: startTimer(db, waiting, run) });
  }, pauseMs);
  timer.unref();
  return timer;
}

function send(db: Database, run: MeasuredRun, keys: Set<string>): void {
  const { workspaceId, name } = run;
  const data = keys.size > maxKeys ? {} : { keys: [...keys] };
  publish(db, { workspaceId, kind: "run", name, event: "metrics", data }).catch(() => {});
}
