import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { CellValue, TableColumn } from "../model.ts";

export type Cell = string | number | boolean | null;

let connection: Promise<DuckDBConnection> | undefined;

/** One in-memory database per worker, with bounded memory; what does not fit is spilled to the given folder. */
export function openConnection(settings: {
  memoryMib: number;
  tempFolder: string;
}): Promise<DuckDBConnection> {
  connection ??= DuckDBInstance.create(":memory:", {
    threads: "2",
    memory_limit: `${settings.memoryMib}MB`,
    temp_directory: settings.tempFolder,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  }).then((instance) => instance.connect());
  return connection;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

type Json = Cell | Json[] | { [key: string]: Json };

/** Runs a statement and answers its rows with plain JSON values. */
export async function readRows(
  db: DuckDBConnection,
  sql: string,
  values: (string | number | boolean)[] = [],
): Promise<Record<string, Json>[]> {
  const result = await db.runAndReadAll(sql, values);
  return result.getRowObjectsJson() as Record<string, Json>[];
}

/** Whole numbers arrive as text; here they are counts that fit a number. */
export function toNumber(value: Json | undefined): number {
  return value === null || value === undefined ? 0 : Number(value);
}

/** A number, or null for a missing, infinite or undefined one. */
export function toFinite(value: Json | undefined): number | null {
  if (value === null || value === undefined || value === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** What a cell is in JSON. */
export function toCell(value: unknown, column: TableColumn): CellValue {
  if (value === null || value === undefined) return null;
  if (column.kind === "integer" || column.kind === "number") {
    const number = Number(value);
    // Beyond 2^53 a number would lose digits: it stays text.
    if (Number.isFinite(number) && (column.kind === "number" || Number.isSafeInteger(number))) return number;
    return String(value);
  }
  return typeof value === "boolean" ? value : String(value);
}
