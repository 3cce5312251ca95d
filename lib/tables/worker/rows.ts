import type { DuckDBConnection } from "@duckdb/node-api";
import { invalid } from "#lib/core/errors.ts";
import type { RowFilter, RowsPage, RowsQuery, TableColumn } from "../model.ts";
import { quoteName, quoteText, readRows, toCell, toNumber } from "./connection.ts";

interface Condition {
  sql: string;
  values: (string | number | boolean)[];
}

function conditionOf(filter: RowFilter, column: TableColumn, index: number): Condition {
  const name = quoteName(column.name);
  const { operator, value } = filter;
  if (operator === "missing") return { sql: `${name} is null`, values: [] };
  if (operator === "present") return { sql: `${name} is not null`, values: [] };
  if (value === undefined) throw invalid(`filters.${index}.value`, "is missing.");
  if (operator === "contains")
    return { sql: `contains(lower(${name}::varchar), lower(?))`, values: [String(value)] };
  if ((column.kind === "number" || column.kind === "integer") && !Number.isFinite(Number(value))) {
    throw invalid(`filters.${index}.value`, `${column.name} holds numbers; “${value}” is none.`);
  }
  return { sql: `${name} ${operator} try_cast(? as ${column.sqlType})`, values: [String(value)] };
}

/** What a cell is in JSON: numbers that JSON can hold as numbers, everything else that is not plain as text. */
function selectCell(column: TableColumn): string {
  const name = quoteName(column.name);
  const safe =
    column.kind === "boolean" ||
    column.kind === "text" ||
    /^(DOUBLE|FLOAT|INTEGER|SMALLINT)$/.test(column.sqlType);
  return safe ? name : `${name}::varchar as ${name}`;
}

/** One window of a Parquet file's rows, filtered and sorted. */
export async function readPage(
  db: DuckDBConnection,
  input: { file: string; columns: TableColumn[]; rowCount: number; query: RowsQuery },
): Promise<RowsPage> {
  const { columns, query } = input;
  const find = (name: string, path: string): TableColumn => {
    const column = columns.find((entry) => entry.name === name);
    if (!column) throw invalid(path, `there is no column “${name}”.`);
    return column;
  };
  const conditions = query.filters.map((f, i) => conditionOf(f, find(f.column, `filters.${i}.column`), i));
  const values = conditions.flatMap((condition) => condition.values);
  const where = conditions.length ? `where ${conditions.map((c) => c.sql).join(" and ")}` : "";
  const source = `read_parquet(${quoteText(input.file)}, file_row_number=true)`;
  const direction = query.sort?.descending ? "desc" : "asc";
  const sort = query.sort
    ? `${quoteName(find(query.sort.column, "sort.column").name)} ${direction} nulls last,`
    : "";
  const picked = columns.map(selectCell).join(", ");
  const found = await readRows(
    db,
    `select ${picked} from (select * from ${source} ${where}
       order by ${sort} file_row_number limit ${query.limit} offset ${query.offset})`,
    values,
  );
  const [count] = where ? await readRows(db, `select count(*) as n from ${source} ${where}`, values) : [];
  return {
    columns,
    rows: found.map((row) => columns.map((column) => toCell(row[column.name], column))),
    matchCount: where ? toNumber(count?.n) : input.rowCount,
    rowCount: input.rowCount,
  };
}
