import * as Y from "yjs";
import { keyRank } from "./key-order.ts";
import type { Json, JsonMap } from "./types.ts";
import { isMap, sameValue } from "./values.ts";

/** Mappings are nested `Y.Map`s, so that people change different keys at once; lists and scalars are plain values. */

export function documentMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("document");
}

/** `template`: the text whose comments, order and quotes are kept. */
export function metaMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("meta");
}

function toShared(value: Json): unknown {
  if (!isMap(value)) return value;
  const map = new Y.Map<unknown>();
  for (const [key, item] of Object.entries(value)) map.set(key, toShared(item));
  return map;
}

/** The plain value of something in a shared mapping. */
export function toPlain(shared: unknown): Json {
  if (shared instanceof Y.Map) return readMap(shared, null);
  // Only a foreign client writes other shared kinds.
  return shared instanceof Y.AbstractType ? (shared.toJSON() as Json) : ((shared ?? null) as Json);
}

/**
 * A mapping as plain values. With a path, keys come in an order that is the same for everybody: by rank, then in the order
 * in which they were made.
 */
export function readMap(map: Y.Map<unknown>, path: readonly string[] | null): JsonMap {
  const value: JsonMap = {};
  for (const key of path === null ? map.keys() : orderedKeys(map, path)) {
    const item = map.get(key);
    value[key] =
      item instanceof Y.Map ? readMap(item, path === null ? null : [...path, key]) : (item as Json);
  }
  return value;
}

function orderedKeys(map: Y.Map<unknown>, path: readonly string[]): string[] {
  const stamp = (key: string) => map._map.get(key)?.id ?? { client: 0, clock: 0 };
  return [...map.keys()].sort((a, b) => {
    const ranks = [keyRank(path, a), keyRank(path, b)] as const;
    if (ranks[0] !== ranks[1]) return ranks[0] - ranks[1];
    const [one, other] = [stamp(a), stamp(b)];
    return one.client - other.client || one.clock - other.clock;
  });
}

/** Writes what differs; a key that stays is not touched, so that another's change of it survives. */
export function applyDifference(map: Y.Map<unknown>, before: JsonMap, after: JsonMap): void {
  if (before === after) return;
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) map.delete(key);
  for (const [key, next] of Object.entries(after)) {
    const old = before[key];
    if (old === next || (Object.hasOwn(before, key) && sameValue(old, next))) continue;
    const shared = map.get(key);
    if (shared instanceof Y.Map && isMap(old) && isMap(next)) applyDifference(shared, old, next);
    else map.set(key, toShared(next));
  }
}
