import { formatBytes, plural } from "#components/ui/format.ts";
import type { ColumnProfile, PreviewResult } from "#lib/designer/model.ts";

/** “29,999 rows · 20 columns · 410 KiB · nothing missing”. */
export function describePreview(result: PreviewResult): string {
  if (result.kind === "facts") return result.fact ?? "";
  const missing = result.columns.filter((column) => column.missing > 0).length;
  return [
    result.rows === null ? null : `${plural(result.rows, "row")}${result.sampled ? " of a sample" : ""}`,
    plural(result.columns.length, "column"),
    result.sizeBytes === null ? null : formatBytes(result.sizeBytes),
    result.columns.length === 0
      ? null
      : missing === 0
        ? "nothing missing"
        : `missing in ${plural(missing, "column")}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

const words: Record<string, string> = {
  string: "text",
  double: "number",
  integer: "integer",
  boolean: "yes / no",
  datetime: "date",
};

export function describeColumnType({ type, role, categorical }: ColumnProfile): string {
  const word = categorical ? "category" : (words[type] ?? type);
  return role === "label" || role === "score" ? `${word}, ${role}` : word;
}

export function describeCell(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "number")
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
