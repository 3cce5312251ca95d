import type { DuckDBConnection } from "@duckdb/node-api";
import { kindOfSqlType, type TableColumn, type TableShape } from "../model.ts";
import { quoteName, quoteText, readRows, toNumber } from "./connection.ts";
import { broken, firstLine } from "./faults.ts";

const noEnd = /No magic bytes|too small to be a Parquet file/i;

export async function readShape(db: DuckDBConnection, parquet: string): Promise<TableShape> {
  const source = `read_parquet(${quoteText(parquet)})`;
  const described = await readRows(db, `describe select * from ${source}`);
  const columns: TableColumn[] = described.map((row) => {
    const sqlType = String(row.column_type);
    return { name: String(row.column_name), sqlType, kind: kindOfSqlType(sqlType) };
  });
  const [count] = await readRows(db, `select count(*) as n from ${source}`);
  return { columns, rowCount: toNumber(count?.n) };
}

/** What the end of a Parquet file says of it: its columns and how many rows. The values are not read. */
export async function inspectParquet(db: DuckDBConnection, input: { file: string }): Promise<TableShape> {
  try {
    return await readShape(db, input.file);
  } catch (error) {
    const said = firstLine(error);
    throw broken(
      noEnd.test(said)
        ? "This is no Parquet file, or its end is missing. Write it again, or upload it again if it was cut off."
        : `The file cannot be read as Parquet: ${said}.`,
    );
  }
}

/** Reads every value of a Parquet file. A damaged one is an error that names the column and the row after which it stops. */
export async function checkParquet(db: DuckDBConnection, input: { file: string }): Promise<TableShape> {
  const shape = await inspectParquet(db, input);
  const source = `read_parquet(${quoteText(input.file)})`;
  // A count is answered from the file's end; only what depends on the values has them read.
  const whole = await db
    .run(`select bit_xor(hash(columns(*))) from ${source}`)
    .then(() => true)
    .catch(() => false);
  if (whole) return shape;
  for (const [index, { name }] of shape.columns.entries()) {
    const { rows, error } = await readUntilFault(db, `select ${quoteName(name)} from ${source}`);
    if (error === undefined) continue;
    const column = index + 1;
    throw broken(
      `Column ${column} (${name}) cannot be read after row ${rows.toLocaleString("en")}: the file is damaged there (${firstLine(error)}). Write it again.`,
      { line: rows + 1, column },
    );
  }
  throw broken("The file cannot be read to its end: it is damaged. Write it again.");
}

async function readUntilFault(db: DuckDBConnection, sql: string): Promise<{ rows: number; error?: unknown }> {
  let rows = 0;
  try {
    const result = await db.stream(sql);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return { rows };
      rows += chunk.rowCount;
    }
  } catch (error) {
    return { rows, error };
  }
}

/** The first rows of a Parquet file in their order, written as another one when there are more. */
export async function headParquet(
  db: DuckDBConnection,
  input: { file: string; parquet: string; rows: number },
): Promise<{ rows: number } | null> {
  const { rowCount } = await inspectParquet(db, input);
  if (rowCount <= input.rows) return null;
  const first = `select * from read_parquet(${quoteText(input.file)}) limit ${Math.trunc(input.rows)}`;
  await db.run(`copy (${first}) to ${quoteText(input.parquet)} (format parquet, compression zstd)`);
  return { rows: input.rows };
}
