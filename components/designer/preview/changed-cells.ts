import type { PreviewResult } from "#lib/designer/model.ts";

/** With more changed than this share the rows are others, not the same ones changed. */
const mostShare = 0.6;

/**
 * The cells of the first rows that a step changed, as `row.column`: of a table that has as many rows as the one it got,
 * in the same order as far as one can see. Null where the two cannot be laid over each other.
 */
export function findChangedCells(before: PreviewResult, after: PreviewResult): ReadonlySet<string> | null {
  if (before.kind !== "table" || after.kind !== "table" || before.rows !== after.rows) return null;
  const places = new Map(before.columns.map(({ name }, at) => [name, at]));
  const changed = new Set<string>();
  let compared = 0;
  for (const [at, { name }] of after.columns.entries()) {
    const old = places.get(name);
    if (old === undefined) continue;
    after.head.forEach((row, index) => {
      compared += 1;
      if (!Object.is(before.head[index]?.[old] ?? null, row[at] ?? null)) changed.add(`${index}.${at}`);
    });
  }
  return compared > 0 && changed.size > 0 && changed.size <= compared * mostShare ? changed : null;
}
