import { isAlias, isCollection, isScalar, isMap as isYamlMap, type Pair } from "yaml";

/** Replaces `text.slice(start, end)`. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

export function applyEdits(text: string, edits: readonly TextEdit[], from = 0, to = text.length): string {
  const pieces: string[] = [];
  let at = from;
  for (const { start, end, text: next } of edits.toReversed()) {
    pieces.push(text.slice(at, start), next);
    at = end;
  }
  return [...pieces, text.slice(at, to)].join("");
}

export type YamlPair = Pair<unknown, unknown>;

export const keyOf = (pair: YamlPair) => (isScalar(pair.key) ? String(pair.key.value) : null);

export function startOf(pair: YamlPair | undefined): number | null {
  return pair && isScalar(pair.key) && pair.key.range ? pair.key.range[0] : null;
}

/** Where the last value inside of a pair ends; comments behind it do not count. */
export function deepEnd(pair: YamlPair): number {
  const keyEnd = isScalar(pair.key) && pair.key.range ? pair.key.range[1] : 0;
  return Math.max(keyEnd, nodeEnd(pair.value));
}

export function nodeEnd(node: unknown): number {
  if (isScalar(node) || isAlias(node)) return node.range?.[1] ?? 0;
  if (!isCollection(node)) return 0;
  if (node.flow || node.items.length === 0) return node.range?.[1] ?? 0;
  const last = node.items.at(-1);
  if (isYamlMap(node)) return deepEnd(last as YamlPair);
  return Math.max(nodeEnd(last), 0);
}

/** The end without the line break that belongs to a block scalar. */
export function trimBreak(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text[at - 1] === "\n" || text[at - 1] === "\r")) at -= 1;
  return at;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Behind the line break of the line that holds the offset. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  return at === -1 ? text.length : at + 1;
}

export function oneLine(text: string, range: readonly number[]): boolean {
  return !text.slice(range[0], range[1]).includes("\n");
}
