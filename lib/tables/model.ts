import { z } from "zod";

/** What a column holds, in the words of the studio; `sqlType` is the engine's. */
export const columnKinds = ["number", "integer", "text", "boolean", "datetime", "other"] as const;
export const tableColumn = z.object({
  name: z.string(),
  kind: z.enum(columnKinds),
  sqlType: z.string(),
});
export type TableColumn = z.infer<typeof tableColumn>;

/** How a delimited text file is read. What is left out is found out. */
export const csvOptions = z.object({
  delimiter: z.string().min(1).max(4).optional(),
  header: z.boolean().optional(),
  encoding: z.enum(["utf-8", "latin-1", "utf-16"]).optional(),
  /** Rows above the header to leave out. */
  skipRows: z.number().int().min(0).max(10_000).optional(),
});
export type CsvOptions = z.infer<typeof csvOptions>;

export const filterOperators = ["=", "!=", ">", ">=", "<", "<=", "contains", "missing", "present"] as const;
export const rowFilter = z.object({
  column: z.string(),
  operator: z.enum(filterOperators),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
export type RowFilter = z.infer<typeof rowFilter>;

export const rowsQuery = z.object({
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(100),
  sort: z.object({ column: z.string(), descending: z.boolean().default(false) }).optional(),
  filters: z.array(rowFilter).max(20).default([]),
});
export type RowsQuery = z.infer<typeof rowsQuery>;

/** A missing value is null; what JSON has no type for (dates, decimals, lists) is text. */
export const cellValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type CellValue = z.infer<typeof cellValue>;

export const rowsPage = z.object({
  columns: z.array(tableColumn),
  rows: z.array(z.array(cellValue)),
  /** Rows that pass the filters. */
  matchCount: z.number().int(),
  rowCount: z.number().int(),
});
export type RowsPage = z.infer<typeof rowsPage>;

/** What a query gives. */
export const queryAnswer = z.object({
  columns: z.array(tableColumn),
  rows: z.array(z.array(cellValue)),
  /** There are more rows than these. */
  more: z.boolean(),
  /** Time that the query took, without reading the file. */
  ms: z.number(),
});
export type QueryAnswer = z.infer<typeof queryAnswer>;

export const histogramBin = z.object({
  label: z.string(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  count: z.number(),
});

/** One column's profile. Quantiles of large tables are approximate, as is `distinctCount`. */
export const columnProfile = tableColumn.extend({
  count: z.number().int(),
  missingCount: z.number().int(),
  distinctCount: z.number().int(),
  min: cellValue,
  max: cellValue,
  mean: z.number().nullable(),
  standardDeviation: z.number().nullable(),
  skewness: z.number().nullable(),
  kurtosis: z.number().nullable(),
  q25: cellValue,
  median: cellValue,
  q75: cellValue,
  histogram: z.array(histogramBin),
  /** Values that are in none of the bins of a text column. */
  otherCount: z.number().int(),
});
export type ColumnProfile = z.infer<typeof columnProfile>;

export const tableProfile = z.object({ rowCount: z.number().int(), columns: z.array(columnProfile) });
export type TableProfile = z.infer<typeof tableProfile>;

export interface TableShape {
  columns: TableColumn[];
  rowCount: number;
}

/** The studio's word for an engine's type. */
export function kindOfSqlType(sqlType: string): TableColumn["kind"] {
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)$/.test(sqlType)) return "integer";
  if (/^(FLOAT|DOUBLE|REAL|DECIMAL)/.test(sqlType)) return "number";
  if (sqlType === "BOOLEAN") return "boolean";
  if (/^(DATE|TIME|TIMESTAMP)/.test(sqlType)) return "datetime";
  if (sqlType === "VARCHAR" || sqlType.startsWith("ENUM")) return "text";
  return "other";
}
