/** Four to six round numbers inside a range, and the range widened to the round numbers around it. */
export function roundTicks(low: number, high: number): { range: [number, number]; ticks: number[] } {
  const width = high - low || Math.abs(high) || 1;
  const raw = width / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  return { range: [ticks[0] ?? low, ticks.at(-1) ?? high], ticks };
}
