import type { ErrorCode, Issue } from "#lib/core/errors.ts";
import type {
  CsvOptions,
  QueryAnswer,
  RowsPage,
  RowsQuery,
  TableColumn,
  TableProfile,
  TableShape,
} from "./model.ts";

/** What the worker can be asked; files are local paths. */
export interface Operations {
  ingestCsv: { input: { file: string; parquet: string; options: CsvOptions }; output: TableShape };
  /** The first rows of a Parquet file, as a file of its own; null, and no file, when it has no more than these. */
  headParquet: { input: { file: string; parquet: string; rows: number }; output: { rows: number } | null };
  /** Columns and rows as the end of the file tells them. */
  inspectParquet: { input: { file: string }; output: TableShape };
  /** The same, once every value was read. */
  checkParquet: { input: { file: string }; output: TableShape };
  readPage: {
    input: { file: string; columns: TableColumn[]; rowCount: number; query: RowsQuery };
    output: RowsPage;
  };
  /** One query of somebody over a file, in a database of its own. */
  queryTable: {
    input: {
      file: string;
      format: "csv" | "parquet";
      sql: string;
      maxRows: number;
      maxSourceRows: number;
      memoryMib: number;
    };
    output: QueryAnswer;
  };
  profileTable: { input: { file: string; columns: TableColumn[]; rowCount: number }; output: TableProfile };
}

export interface Call {
  id: number;
  operation: keyof Operations;
  input: unknown;
}

export interface Answer {
  id: number;
  output?: unknown;
  /** An expected failure. */
  refused?: { code: ErrorCode; userMessage: string; issues: Issue[]; details: Record<string, unknown> };
  /** Anything else. */
  failure?: string;
}
