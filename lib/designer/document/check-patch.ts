import { isMap as isYamlMap, type YAMLMap } from "yaml";
import { type ReadText, readText } from "./read-text.ts";
import {
  applyEdits,
  deepEnd,
  keyOf,
  lineEnd,
  lineStart,
  startOf,
  type TextEdit,
  trimBreak,
} from "./text-places.ts";
import type { JsonMap } from "./types.ts";
import { isMap, sameValue } from "./values.ts";

/** Whether a text reads as a value. */
export function readsAs(text: string, value: JsonMap): boolean {
  try {
    return sameValue(readText(text).value, value);
  } catch {
    return false;
  }
}

/** Below this many characters the whole text is read again, which is the safer check. */
const smallText = 40_000;

/**
 * Whether the changed parts of a large text read as they should, each by itself: the pairs of the mappings in which they lie,
 * two levels down (a step, a place). False says nothing but that the whole has to be looked at.
 */
export function changesReadAs(
  source: ReadText,
  root: YAMLMap,
  value: JsonMap,
  edits: readonly TextEdit[],
): boolean {
  const { text } = source;
  if (text.length < smallText || /(^|[\s[{,])[&*][\w-]|<<\s*:/.test(text)) return false;
  let covered = 0;
  const check = (map: YAMLMap, now: JsonMap, depth: number): boolean =>
    map.items.every((pair) => {
      const [key, first] = [keyOf(pair), startOf(pair)];
      if (key === null || first === null) return false;
      const [from, to] = [lineStart(text, first), lineEnd(text, trimBreak(text, first, deepEnd(pair)))];
      const inside = edits.filter((edit) => liesIn(edit, from, to));
      if (inside.length === 0) return true;
      const inner = now[key];
      if (
        depth < 2 &&
        isYamlMap(pair.value) &&
        !pair.value.flow &&
        pair.value.items.length > 1 &&
        isMap(inner)
      )
        return check(pair.value, inner, depth + 1);
      covered += inside.length;
      const part = applyEdits(text, inside, from, to);
      return partReadsAs(part, now, key);
    });
  return check(root, value, 0) && covered === edits.length;
}

/** Whether an edit belongs to some lines: it changes them, or inserts behind them. */
function liesIn({ start, end }: TextEdit, from: number, to: number): boolean {
  if (start === end) return start > from && start <= to;
  return start >= from && end <= to;
}

/** A part holds the pair of the key, if it is still there, and pairs that were inserted behind it. */
function partReadsAs(part: string, now: JsonMap, key: string): boolean {
  try {
    const read = readText(part).value;
    return (
      Object.hasOwn(read, key) === Object.hasOwn(now, key) &&
      Object.entries(read).every(([name, item]) => Object.hasOwn(now, name) && sameValue(item, now[name]))
    );
  } catch {
    return false;
  }
}
