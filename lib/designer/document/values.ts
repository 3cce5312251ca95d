import type { Json, JsonMap } from "./types.ts";

export function isMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as a mapping; anything else counts as an empty one. */
export function mapOf(value: Json | undefined): JsonMap {
  return isMap(value) ? value : {};
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Equal in content; the order of keys does not count. */
export function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a === "number" && typeof b === "number") return Number.isNaN(a) && Number.isNaN(b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  );
}

/** The value at a path, or undefined. */
export function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  let found = value;
  for (const key of path) {
    if (!isMap(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

/** A copy with another value at the path (undefined takes the key away); what lies beside the path is shared. */
export function withValue(map: JsonMap, path: readonly string[], value: Json | undefined): JsonMap {
  const [key, ...rest] = path;
  if (key === undefined) return mapOf(value);
  if (rest.length > 0) return { ...map, [key]: withValue(mapOf(map[key]), rest, value) };
  if (value !== undefined) return { ...map, [key]: value };
  if (!Object.hasOwn(map, key)) return map;
  const { [key]: _, ...others } = map;
  return others;
}

/** A copy with each value replaced; the same object when none differs. Undefined takes the key away. */
export function mapValues(map: JsonMap, change: (value: Json, key: string) => Json | undefined): JsonMap {
  let changed = false;
  const copy: JsonMap = {};
  for (const [key, value] of Object.entries(map)) {
    const next = change(value, key);
    if (next !== value) changed = true;
    if (next !== undefined) copy[key] = next;
  }
  return changed ? copy : map;
}
