import { type JSONValue, search } from "@jmespath-community/jmespath";
import Table from "cli-table3";
import { stringify } from "yaml";
import { messageOf } from "#lib/core/errors.ts";
import { UsageError } from "./errors.ts";

export const outputFormats = ["json", "jsonc", "table", "tsv", "yaml", "yamlc", "none"] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Applies a JMESPath expression to a result. */
export function applyQuery(result: unknown, query: string | undefined): unknown {
  if (!query) return result;
  try {
    return search(JSON.parse(JSON.stringify(result ?? null)) as JSONValue, query);
  } catch (error) {
    throw new UsageError(`--query: ${messageOf(error)}`);
  }
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Values only: a row a line, cells between tabs, an object's in the order of its keys. */
function toTsv(result: unknown): string {
  const rows = Array.isArray(result) ? result : [result];
  return rows
    .map((row) =>
      (isRecord(row) ? Object.values(row) : Array.isArray(row) ? row : [row]).map(cell).join("\t"),
    )
    .join("\n");
}

/** The lines that a table of `cli-table3` draws and ours does not. */
const lines = [
  ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
  ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
];

/** What people look for first; the rest follows in its own order. */
const firstColumns = ["name", "version", "latest_version", "display_name", "status", "provisioning_state"];

function columnsOf(rows: Record<string, unknown>[], chosen: boolean): string[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => !isNested(rows, key));
  if (chosen) return keys;
  const isEmpty = (key: string) => rows.every((row) => cell(row[key]) === "");
  const rank = (key: string) => {
    const at = firstColumns.indexOf(key);
    return at < 0 ? firstColumns.length : at;
  };
  return keys.filter((key) => key !== "id" && !isEmpty(key)).sort((a, b) => rank(a) - rank(b));
}

/** Flat fields only, and those that say something. Columns that a query chose stay as they are. */
function toTable(result: unknown, chosen: boolean): string {
  const list: unknown[] = Array.isArray(result) ? result : [result];
  const rows: Record<string, unknown>[] = list.map((row) => (isRecord(row) ? row : { Result: row }));
  const keys = columnsOf(rows, chosen);
  if (keys.length === 0) return "";
  const table = new Table({
    chars: { ...Object.fromEntries(lines.map((line) => [line, ""])), middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  const heads = keys.map((key) =>
    key.replace(/(^|_)(\w)/g, (_, gap: string, letter: string) => (gap ? " " : "") + letter.toUpperCase()),
  );
  const widths = keys.map((key, i) =>
    Math.max(heads[i]?.length ?? 0, ...rows.map((row) => cell(row[key]).length)),
  );
  table.push(
    heads,
    widths.map((width) => "-".repeat(width)),
    ...rows.map((row) => keys.map((key) => cell(row[key]))),
  );
  return table.toString().replace(/ +$/gm, "");
}

function isNested(rows: Record<string, unknown>[], key: string): boolean {
  return rows.some((row) => typeof row[key] === "object" && row[key] !== null);
}

/** A result as text; `none` prints nothing. `chosen`: its fields are those that a query asked for. */
export function formatResult(result: unknown, format: OutputFormat, chosen = false): string {
  if (result === undefined || result === null || format === "none") return "";
  switch (format) {
    case "json":
    case "jsonc":
      return JSON.stringify(result, null, 2);
    case "yaml":
    case "yamlc":
      return stringify(result).trimEnd();
    case "tsv":
      return toTsv(result);
    case "table":
      return toTable(result, chosen);
  }
}
