/**
 * The names closest to a misspelt one, best first: at most three, none that is more than a third away or much further
 * than the best. A name that the wanted one begins counts as near.
 */
export function nearNames(name: string, candidates: Iterable<string>): string[] {
  const wanted = simplify(name);
  const scored: [number, string][] = [];
  for (const candidate of new Set(candidates)) {
    const distance = distanceOf(wanted, simplify(candidate));
    if (distance <= Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3))) {
      scored.push([distance, candidate]);
    }
  }
  scored.sort(([a], [b]) => a - b);
  const best = scored[0]?.[0] ?? 0;
  return scored
    .filter(([distance]) => distance <= (best === 0 ? 0 : best + 1))
    .slice(0, 3)
    .map(([, candidate]) => candidate);
}

/** ` Did you mean “command”?`, or nothing. Starts with a space, to end a sentence. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = nearNames(name, candidates);
  return near.length === 0 ? "" : ` Did you mean ${near.map((item) => `“${item}”`).join(" or ")}?`;
}

function simplify(name: string): string {
  return name.slice(0, 64).toLowerCase().replace(/[-_ ]/g, "");
}

function distanceOf(wanted: string, other: string): number {
  if (wanted === other) return 0;
  return wanted.length >= 3 && other.startsWith(wanted) ? 1 : editDistance(wanted, other);
}

/** Changes, insertions, removals and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
