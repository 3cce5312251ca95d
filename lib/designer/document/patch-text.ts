import { isAlias, isCollection, isScalar, isMap as isYamlMap, type YAMLMap } from "yaml";
import { changesReadAs, readsAs } from "./check-patch.ts";
import { keyRank } from "./key-order.ts";
import type { ReadText } from "./read-text.ts";
import {
  applyEdits,
  deepEnd,
  keyOf,
  lineEnd,
  lineStart,
  oneLine,
  startOf,
  type TextEdit,
  trimBreak,
  type YamlPair,
} from "./text-places.ts";
import type { Json, JsonMap } from "./types.ts";
import { isMap, sameValue, valueAt, withValue } from "./values.ts";
import { isOneLine, writeBehindKey, writeInline, writePair, writeText } from "./write-value.ts";

/**
 * The text with another value: only what differs is written anew; comments, order, quotes and blank lines of all the rest
 * stay to the byte. The result always reads as `value`.
 */
export function patchText(source: ReadText, value: JsonMap): string {
  if (sameValue(source.value, value)) return source.text;
  const root = source.document.contents;
  if (isYamlMap(root) && !root.flow && root.items.length > 0) {
    const edits = collectEdits(source, root, value);
    const patched = edits && applyEdits(source.text, edits);
    if (edits && patched && (changesReadAs(source, root, value, edits) || readsAs(patched, value)))
      return patched;
  }
  return rewriteKeepingComments(source, value);
}

/** For text whose anchors or forms cannot be patched in place: the library's own rewriting, which keeps comments. */
function rewriteKeepingComments(source: ReadText, value: JsonMap): string {
  const document = source.document.clone();
  if (isYamlMap(document.contents)) {
    for (const key of Object.keys(source.value)) if (!Object.hasOwn(value, key)) document.delete(key);
    for (const [key, item] of Object.entries(value)) {
      if (!sameValue(source.value[key], item)) document.set(key, document.createNode(item));
    }
    try {
      const text = document.toString({ lineWidth: 0 });
      if (readsAs(text, value)) return text;
    } catch {
      // An alias whose anchor is gone; the plain form below has neither.
    }
  }
  return writeText(value);
}

/** The edits from the last to the first, none over another; null when the value cannot be patched in. */
function collectEdits(source: ReadText, root: YAMLMap, value: JsonMap): TextEdit[] | null {
  const edits: TextEdit[] = [];
  if (!collect(source, root, source.value, value, [], edits)) return null;
  const lineBreak = source.text.includes("\r\n") ? "\r\n" : "\n";
  for (const edit of edits) edit.text = edit.text.replaceAll("\n", lineBreak);
  edits.sort((a, b) => b.start - a.start || b.end - a.end);
  let limit = Number.POSITIVE_INFINITY;
  for (const edit of edits) {
    if (edit.end > limit) return null;
    limit = edit.start;
  }
  return edits;
}

/** Adds the edits that turn a block mapping into `after`; false when it cannot be done in place. */
function collect(
  source: ReadText,
  map: YAMLMap,
  before: JsonMap,
  after: JsonMap,
  path: string[],
  edits: TextEdit[],
): boolean {
  const { text } = source;
  const first = startOf(map.items[0]);
  if (first === null) return false;
  const indent = first - lineStart(text, first);
  const own = new Set(map.items.map(keyOf));
  for (const pair of map.items) {
    const key = keyOf(pair);
    if (key === null || key === "<<") continue;
    const next = after[key];
    if (next === undefined || !Object.hasOwn(after, key)) edits.push(removal(text, pair));
    else if (!sameValue(before[key], next)) {
      if (!change(source, pair, before[key], next, [...path, key], indent, edits)) return false;
    }
  }
  // Keys that came by a merge (`<<`) and stay as they are need no line of their own.
  const added = Object.keys(after).filter(
    (key) => !own.has(key) && !(Object.hasOwn(before, key) && sameValue(before[key], after[key])),
  );
  for (const key of added) edits.push(insertion(text, map, key, after[key] ?? null, path, indent));
  mergeInsertions(edits);
  return true;
}

function change(
  source: ReadText,
  pair: YamlPair,
  before: Json | undefined,
  after: Json,
  path: string[],
  indent: number,
  edits: TextEdit[],
): boolean {
  const { text } = source;
  const node = pair.value;
  const key = path.at(-1) ?? "";
  const start = startOf(pair);
  if (start === null) return false;
  if (isYamlMap(node) && isMap(before) && isMap(after)) {
    if (!node.flow && node.items.length > 0 && Object.keys(after).length > 0)
      return collect(source, node, before, after, path, edits);
    if (node.flow && node.items.length > 0 && node.range && oneLine(text, node.range)) {
      edits.push({ start: node.range[0], end: node.range[1], text: writeInline(inOrderOf(before, after)) });
      return true;
    }
  }
  const range = isScalar(node) || isAlias(node) || isCollection(node) ? node.range : null;
  const simple = isScalar(node) && range && oneLine(text, range) && node.anchor === undefined && !node.tag;
  if (simple && isOneLine(after)) {
    const gap = text[range[0] - 1] === ":" ? " " : "";
    edits.push({ start: range[0], end: range[1], text: gap + writeScalarLike(text, range, after) });
    return true;
  }
  if (isCollection(node) && node.flow && range && oneLine(text, range) && isOneLine(after)) {
    edits.push({ start: range[0], end: range[1], text: writeInline(after) });
    return true;
  }
  const end = deepEnd(pair);
  const whole = trimBreak(text, start, end);
  edits.push({ start, end: whole, text: writePair(key, after, indent) });
  return true;
}

/** The mapping with its keys as the text has them, new ones last. */
function inOrderOf(before: JsonMap, after: JsonMap): JsonMap {
  const kept = Object.keys(before).filter((key) => Object.hasOwn(after, key));
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const ordered = [...kept, ...added].map((key): [string, Json] => {
    const [old, next] = [before[key], after[key] ?? null];
    return [key, isMap(old) && isMap(next) ? inOrderOf(old, next) : next];
  });
  return Object.fromEntries(ordered);
}

/** A scalar in the quotes of the one it replaces, where both are text. */
function writeScalarLike(text: string, range: readonly number[], after: Json): string {
  const old = text.slice(range[0], range[1]);
  if (typeof after === "string" && old.startsWith('"')) return JSON.stringify(after);
  if (typeof after === "string" && old.startsWith("'")) return `'${after.replaceAll("'", "''")}'`;
  return writeBehindKey(after);
}

function removal(text: string, pair: YamlPair): TextEdit {
  const start = lineStart(text, startOf(pair) ?? 0);
  const end = lineEnd(text, trimBreak(text, start, deepEnd(pair)));
  return { start, end, text: "" };
}

/** A new pair behind the one that it follows by rank, or behind the last. */
function insertion(
  text: string,
  map: YAMLMap,
  key: string,
  value: Json,
  path: string[],
  indent: number,
): TextEdit {
  const rank = keyRank(path, key);
  const before = map.items.filter((pair) => keyRank(path, keyOf(pair) ?? "") <= rank);
  const previous = rank === Number.POSITIVE_INFINITY ? map.items.at(-1) : before.at(-1);
  const line = `${" ".repeat(indent)}${writePair(key, value, indent)}\n`;
  if (!previous) {
    const start = lineStart(text, startOf(map.items[0]) ?? 0);
    return { start, end: start, text: line };
  }
  const end = lineEnd(text, trimBreak(text, startOf(previous) ?? 0, deepEnd(previous)));
  const needsBreak = end > 0 && text[end - 1] !== "\n";
  return { start: end, end, text: needsBreak ? `\n${line.slice(0, -1)}` : line };
}

/** Insertions at one place become one edit, in their order. */
function mergeInsertions(edits: TextEdit[]): void {
  for (let index = 0; index < edits.length; index++) {
    const edit = edits[index];
    if (!edit || edit.start !== edit.end) continue;
    for (let other = index + 1; other < edits.length; ) {
      const next = edits[other];
      if (next && next.start === edit.start && next.end === edit.start) {
        edit.text += next.text;
        edits.splice(other, 1);
      } else other += 1;
    }
  }
}

/** The text with one key renamed where it stands; null when the text has no such line. */
export function renameKeyInText(
  source: ReadText,
  path: readonly string[],
  from: string,
  to: string,
): string | null {
  const holder = source.document.getIn(path, true);
  if (!isYamlMap(holder)) return null;
  const pair = holder.items.find((item) => keyOf(item) === from);
  const range = pair && isScalar(pair.key) ? pair.key.range : null;
  if (!range) return null;
  const text = source.text.slice(0, range[0]) + writeInline(to) + source.text.slice(range[1]);
  const moved = valueAt(source.value, [...path, from]);
  if (moved === undefined) return null;
  const renamed = withValue(withValue(source.value, [...path, from], undefined), [...path, to], moved);
  return readsAs(text, renamed) ? text : null;
}
