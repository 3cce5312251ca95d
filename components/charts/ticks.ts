import { formatClock, formatCount, formatNumber } from "#components/ui/format.ts";
import { formatElapsed } from "#lib/core/duration.ts";

export type XKind = "step" | "number" | "duration" | "clock";

export const xFormats: Record<XKind, (x: number) => string> = {
  step: (x) => (Number.isInteger(x) ? formatCount(x) : formatNumber(x)),
  number: (x) => formatNumber(x),
  duration: (x) => formatElapsed(x),
  clock: (x) => formatClock(x),
};

const seconds = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
];

/** Distances between ticks that read well; undefined leaves them to the chart. */
export function tickSteps(kind: XKind): number[] | undefined {
  if (kind === "number") return undefined;
  if (kind !== "step") return seconds.map((second) => second * 1000);
  return Array.from({ length: 12 }, (_, power) => [1, 2, 5].map((factor) => factor * 10 ** power)).flat();
}

/** All ticks of an axis with the same decimals, as many as their distance asks for; large ones as 2k, 3M. */
export function formatTicks(ticks: readonly number[], step: number): string[] {
  const most = Math.max(...ticks.map((tick) => Math.abs(tick)), 0);
  if (step < 1e-6 || most >= 1e12) return ticks.map((tick) => formatNumber(tick));
  const [unit, suffix] =
    most >= 1e9 ? [1e9, "G"] : most >= 1e6 ? [1e6, "M"] : most >= 1e4 ? [1e3, "k"] : [1, ""];
  const decimals = decimalsOf(step / unit);
  return ticks.map((tick) =>
    tick === 0
      ? decimals > 0 && unit === 1
        ? tick.toFixed(decimals)
        : "0"
      : `${(tick / unit).toFixed(decimals).replace("-", "−")}${suffix}`,
  );
}

function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < 9; decimals++) {
    const scaled = step * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, scaled)) return decimals;
  }
  return 9;
}
