/** The keys between two, both included, in the order of the rows. An anchor that is gone counts as the target. */
export function rangeOf(keys: readonly string[], anchor: string | null, target: string): string[] {
  const to = keys.indexOf(target);
  const from = anchor === null ? to : keys.indexOf(anchor);
  if (to < 0) return [];
  const start = from < 0 ? to : from;
  return keys.slice(Math.min(start, to), Math.max(start, to) + 1);
}

/** Turns one key on or off. */
export function toggleKey(selection: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(selection);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Gives all keys of the range the state that the target takes by being toggled. */
export function toggleRange(
  selection: ReadonlySet<string>,
  keys: readonly string[],
  anchor: string | null,
  target: string,
): Set<string> {
  const on = !selection.has(target);
  const next = new Set(selection);
  for (const key of rangeOf(keys, anchor, target)) {
    if (on) next.add(key);
    else next.delete(key);
  }
  return next;
}
