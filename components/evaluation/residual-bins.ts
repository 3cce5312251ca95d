import type { Bin } from "#components/charts/histogram.tsx";
import type { Residuals } from "./evaluation-model.ts";

/** More bars than this are thinner than can be told apart. */
const mostBins = 240;

/** The bars of each input over one range of all, so that they can be compared; empty bars fill what an input has none of. */
export function residualBins(inputs: readonly Residuals[]): Bin[][] {
  const lowest = Math.min(...inputs.map(({ edges }) => edges[0] ?? 0));
  const highest = Math.max(...inputs.map(({ edges }) => edges.at(-1) ?? 0));
  const all = inputs.map(({ edges, counts }) => {
    const bins = counts.map((count, bin) => ({ from: edges[bin] ?? 0, to: edges[bin + 1] ?? 0, count }));
    const width = ((edges.at(-1) ?? 0) - (edges[0] ?? 0)) / counts.length;
    const empty = (from: number, number: number) =>
      Array.from({ length: number }, (_, at) => ({
        from: from + at * width,
        to: from + (at + 1) * width,
        count: 0,
      }));
    // A rounding error is no room for another bar.
    const fitting = (room: number) => (width > 0 ? Math.ceil(room / width - 1e-6) : 0);
    const before = fitting((edges[0] ?? 0) - lowest);
    const after = fitting(highest - (edges.at(-1) ?? 0));
    return { bins, padded: before + bins.length + after, before, after, width, edges, empty };
  });
  if (all.some(({ padded }) => padded > mostBins)) return all.map(({ bins }) => bins);
  return all.map(({ bins, before, after, width, edges, empty }) => [
    ...empty((edges[0] ?? 0) - before * width, before),
    ...bins,
    ...empty(edges.at(-1) ?? 0, after),
  ]);
}
