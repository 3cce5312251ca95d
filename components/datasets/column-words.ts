import { formatNumber, formatPercent, plural } from "#components/ui/format.ts";
import type { CellValue, ColumnProfile, TableColumn } from "#lib/tables/model.ts";

/** The sign before a column's name. */
export const kindSign: Record<TableColumn["kind"], string> = {
  integer: "123",
  number: "1.2",
  text: "abc",
  boolean: "0/1",
  datetime: "date",
  other: "…",
};

export const kindWord: Record<TableColumn["kind"], string> = {
  integer: "integer",
  number: "number",
  text: "text",
  boolean: "truth value",
  datetime: "date and time",
  other: "other",
};

export function isNumeric(column: Pick<TableColumn, "kind">): boolean {
  return column.kind === "integer" || column.kind === "number";
}

/** A cell as people read it; the caller shows a missing one. */
export function formatCell(value: Exclude<CellValue, null>): string {
  return typeof value === "number" ? formatNumber(value) : String(value);
}

export function formatMaybe(value: CellValue): string {
  return value === null ? "–" : formatCell(value);
}

/** One line under a histogram: what is missing, else the range, else how many values. */
export function describeColumn(profile: ColumnProfile): string {
  if (profile.count > 0 && profile.missingCount > 0) {
    return `${formatPercent(profile.missingCount / profile.count)} missing`;
  }
  if (isNumeric(profile) && profile.min !== null && profile.max !== null) {
    if (profile.min === profile.max) return `always ${formatCell(profile.min)}`;
    return `${formatCell(profile.min)} to ${formatCell(profile.max)}`;
  }
  return plural(profile.distinctCount, "value");
}
