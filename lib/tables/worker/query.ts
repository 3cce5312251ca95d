import { type DuckDBConnection, DuckDBInstance, StatementType } from "@duckdb/node-api";
import { AppError } from "#lib/core/errors.ts";
import { kindOfSqlType, type QueryAnswer, type TableColumn } from "../model.ts";
import type { Operations } from "../protocol.ts";
import { quoteText, toCell } from "./connection.ts";

/** What a query calls the table. */
const tableName = "data";
const maxCellCharacters = 2000;

/** A query that cannot be read or executed, with the line that it stops at. */
function faulty(error: unknown): AppError {
  const text = (error instanceof Error ? error.message : String(error)).replace(
    /^Failed to (extract|prepare) statements?: /,
    "",
  );
  const [said = "", where = ""] = text.split(/\n\nLINE /);
  const [, lineText, shown] = /^(\d+): (.*)/.exec(where) ?? [];
  const line = lineText === undefined ? 1 : Number(lineText);
  const caret = where.split("\n")[1]?.indexOf("^") ?? -1;
  // The engine shows a part of a long line, from which no column follows.
  const column =
    caret < 0 || lineText === undefined || shown?.startsWith("...") ? null : caret - lineText.length - 6;
  const message = said
    .replace(/^[A-Z][A-Za-z ]+ Error: /, "")
    .replace(/\n+/g, ". ")
    .replace(/([!.]) ?\. /g, "$1 ")
    .replace(/^./, (first) => first.toUpperCase());
  return new AppError("VALIDATION_FAILED", {
    userMessage: message,
    issues: [{ path: "sql", message, location: `line ${line}` }],
    details: { line, column },
  });
}

/**
 * One query over the rows of a file, as the table `data`. It runs in a database of its own that reaches no file,
 * no network and no setting, and only reads.
 */
export async function queryTable(
  _: DuckDBConnection,
  input: Operations["queryTable"]["input"],
): Promise<QueryAnswer> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "2",
    memory_limit: `${input.memoryMib}MB`,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    temp_directory: "",
  });
  const db = await instance.connect();
  try {
    const source = `${input.format === "csv" ? "read_csv" : "read_parquet"}(${quoteText(input.file)})`;
    await db.run(`create table ${tableName} as select * from ${source} limit ${input.maxSourceRows}`);
    await db.run("set enable_external_access=false; set lock_configuration=true;");
    return await execute(db, input);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

async function execute(
  db: DuckDBConnection,
  { sql, maxRows }: { sql: string; maxRows: number },
): Promise<QueryAnswer> {
  if (sql.trim() === "") throw faulty("Write a query.");
  const startedAt = performance.now();
  try {
    const statements = await db.extractStatements(sql);
    if (statements.count !== 1) throw new Error("Write one query at a time.");
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== StatementType.SELECT)
      throw new Error(`A query reads: write a SELECT over the table ${tableName}.`);
    if (prepared.parameterCount > 0) throw new Error("A query has no parameters here: write the values.");
    const result = await prepared.streamAndReadUntil(maxRows + 1);
    const types = result.columnTypes().map(String);
    const columns: TableColumn[] = result
      .columnNames()
      .map((name, at) => ({ name, sqlType: types[at] ?? "", kind: kindOfSqlType(types[at] ?? "") }));
    const found = result.getRowsJson();
    const rows = found.slice(0, maxRows).map((row) =>
      columns.map((column, at) => {
        const value = row[at] ?? null;
        const cell = toCell(
          typeof value === "object" && value !== null ? JSON.stringify(value) : value,
          column,
        );
        return typeof cell === "string" && cell.length > maxCellCharacters
          ? `${cell.slice(0, maxCellCharacters - 1)}…`
          : cell;
      }),
    );
    const ms = performance.now() - startedAt;
    return { columns, rows, more: found.length > maxRows || !result.done, ms };
  } catch (error) {
    throw faulty(error);
  }
}
