import * as Y from "yjs";
import type { Clash, Json } from "./types.ts";
import { sameValue } from "./values.ts";
import { toPlain } from "./y-document.ts";

const rememberMs = 30_000;
const separator = "\u0000";

export interface FoundClash extends Omit<Clash, "by"> {
  /** The Yjs client that wrote the value; undefined for what was taken away. */
  client: number | undefined;
}

export interface ClashWatch {
  /** A field was set here: `path` below the document. */
  noteOwn(path: readonly string[], value: Json | undefined): void;
  setEditing(path: readonly string[] | null, mine: Json | undefined): void;
  /** Looks through what a transaction of somebody else changed. */
  examine(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): FoundClash[];
}

/** `["jobs", "train", "inputs", "rate"]` → node `train`, field `inputs.rate`. */
function fieldOf(path: readonly string[]): { node: string; field: string } {
  if (path[0] === "jobs" && path[1] !== undefined) return { node: path[1], field: path.slice(2).join(".") };
  return { node: "", field: path.join(".") };
}

/** Where somebody stands on the canvas is no value that can be lost unseen. */
function isWatched(path: readonly string[]): boolean {
  return !(path[0] === "designer" && path[1] === "positions");
}

/** Remembers what was set here within the last 30 s, and finds what others overwrite of it. */
export function createClashWatch(now: () => number): ClashWatch {
  const own = new Map<string, { value: Json | undefined; at: number }>();
  let forgotAt = now();
  let editing: { key: string; mine: Json | undefined } | null = null;

  function mineOf(key: string): { value: Json | undefined } | null {
    if (editing?.key === key && editing.mine !== undefined) return { value: editing.mine };
    const noted = own.get(key);
    if (noted && now() - noted.at <= rememberMs) return noted;
    return editing?.key === key ? { value: undefined } : null;
  }

  function forget(): void {
    if (now() - forgotAt < rememberMs) return;
    forgotAt = now();
    for (const [key, { at }] of own) if (forgotAt - at > rememberMs) own.delete(key);
  }

  /** Fields at or below a path that were set here or are being edited. */
  function ownBelow(path: readonly string[]): string[] {
    const key = path.join(separator);
    const keys = [...own.keys(), ...(editing ? [editing.key] : [])];
    return [...new Set(keys.filter((each) => each === key || each.startsWith(key + separator)))];
  }

  return {
    noteOwn(path, value) {
      const key = path.join(separator);
      if (isWatched(path)) own.set(key, { value, at: now() });
      // The field may be edited on: what was kept of it is newer than what it had when it was entered.
      if (editing?.key === key) editing = { key, mine: value };
      forget();
    },
    setEditing(path, mine) {
      editing = path ? { key: path.join(separator), mine } : null;
    },
    examine(events) {
      const clashes: FoundClash[] = [];
      for (const event of events) {
        if (!(event.target instanceof Y.Map)) continue;
        const target = event.target as Y.Map<unknown>;
        for (const changed of event.changes.keys.keys()) {
          const path = [...event.path.map(String), changed];
          const theirs = target.has(changed) ? toPlain(target.get(changed)) : undefined;
          const client = target._map.get(changed)?.id.client;
          for (const key of ownBelow(path)) {
            const mine = mineOf(key);
            const inner = key.split(separator).slice(path.length);
            const value = inner.reduce<Json | undefined>(below, theirs);
            if (!mine || sameValue(mine.value, value)) continue;
            own.delete(key);
            clashes.push({
              ...fieldOf(key.split(separator)),
              mine: mine.value,
              theirs: value,
              client: theirs === undefined ? undefined : client,
            });
          }
        }
      }
      return clashes;
    },
  };
}

function below(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
