import { formatCount, formatNumber, missing } from "#components/ui/format.ts";

const digits = 4;

/** Decimals that show four digits of a value. */
function decimalsOf(value: number): number {
  const size = Math.abs(value);
  return size === 0 ? 0 : Math.max(0, digits - Math.floor(Math.log10(size)) - 1);
}

function isPlain(value: number): boolean {
  const size = Math.abs(value);
  return Number.isFinite(value) && (size === 0 || (size >= 1e-3 && size < 1e9));
}

/** Four digits with the zeros at their end, so that values under each other line up: 0.2700. Null is not a number. */
export function formatMetric(value: number | null | undefined): string {
  if (value === undefined) return missing;
  if (value === null) return "NaN";
  if (Number.isInteger(value)) return formatCount(value);
  if (!isPlain(value)) return formatNumber(value);
  return fixed(value, decimalsOf(value));
}

/** A difference with the decimals of the value that it belongs to; smaller ones are only said to be small. */
export function formatChange(change: number, value: number): string {
  const size = Math.abs(change);
  if (Number.isInteger(change) || !isPlain(value)) return formatNumber(size, 2);
  const decimals = Number.isInteger(value) ? decimalsOf(size) : decimalsOf(value);
  const least = 10 ** -decimals;
  return size < least / 2 ? `<${fixed(least, decimals)}` : fixed(size, decimals);
}

function fixed(value: number, decimals: number): string {
  return value
    .toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace("-", "−");
}
