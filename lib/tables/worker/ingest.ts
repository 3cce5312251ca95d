import { stat } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { CsvOptions, TableShape } from "../model.ts";
import { quoteName, quoteText, readRows, toNumber } from "./connection.ts";
import { broken, firstLine } from "./faults.ts";
import { readShape } from "./parquet.ts";

interface Dialect {
  delimiter: string;
  quote: string;
  escape: string;
  header: boolean;
  skipRows: number;
  columns: { name: string; type: string }[];
}

/** What stands for a missing value; the studio's modules read the same words so. */
const missingWords = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "#N/A", "n/a", "<NA>"];
const missing = `nullstr=[${missingWords.map(quoteText).join(", ")}]`;

async function sniff(db: DuckDBConnection, file: string, options: CsvOptions): Promise<Dialect> {
  const { size } = await stat(file);
  // Types must fit every row; above this size the first million rows stand for the rest.
  const sampleSize = size < 200_000_000 ? -1 : 1_000_000;
  const settings = [
    `sample_size=${sampleSize}`,
    "ignore_errors=true",
    "strict_mode=false",
    missing,
    options.delimiter ? `delim=${quoteText(options.delimiter)}` : "",
    options.header === undefined ? "" : `header=${options.header}`,
    options.skipRows ? `skip=${options.skipRows}` : "",
    options.encoding ? `encoding=${quoteText(options.encoding)}` : "",
  ].filter(Boolean);
  const rows = await readRows(
    db,
    `select * from sniff_csv(${quoteText(file)}, ${settings.join(", ")})`,
  ).catch((error: unknown) =>
    Promise.reject(broken(`The file cannot be read as delimited text: ${firstLine(error)}`)),
  );
  const row = rows[0] ?? {};
  const character = (value: unknown) => (value === "(empty)" || typeof value !== "string" ? "" : value);
  return {
    delimiter: character(row.Delimiter) || ",",
    quote: character(row.Quote) || '"',
    escape: character(row.Escape) || '"',
    header: row.HasHeader === true,
    skipRows: toNumber(row.SkipRows),
    columns: row.Columns as unknown as { name: string; type: string }[],
  };
}

const rejectWords: Record<string, (found: string) => string> = {
  "TOO MANY COLUMNS": (found) => found,
  "MISSING COLUMNS": (found) => found,
  "UNQUOTED VALUE": () => "a quoted value is not closed, or text follows its closing quote",
  "LINE SIZE OVER MAXIMUM": () => "the line is longer than 2 MiB",
  "INVALID ENCODING": () =>
    "the bytes are no text in this encoding. Choose the one that the file was written in",
};

/** Throws when a row was refused, with the line and column of the first one. */
async function checkRejects(db: DuckDBConnection, columnCount: number): Promise<void> {
  const [reject] = await readRows(
    db,
    `select line, column_idx, column_name, error_type, error_message,
       (select count(distinct line) from reject_errors) as lines
     from reject_errors order by line, column_idx limit 1`,
  );
  if (!reject) return;
  const line = toNumber(reject.line);
  const type = String(reject.error_type);
  const found = /Found: (\d+)/.exec(String(reject.error_message))?.[1];
  const fields = found
    ? `${found} ${found === "1" ? "field" : "fields"} where ${columnCount} were expected`
    : firstLine(reject.error_message);
  const message = rejectWords[type]?.(fields) ?? firstLine(reject.error_message);
  const name = reject.column_name ? ` (${reject.column_name})` : "";
  const column = type === "MISSING COLUMNS" ? toNumber(reject.column_idx) + 1 : toNumber(reject.column_idx);
  const others = toNumber(reject.lines) - 1;
  const more =
    others > 0
      ? ` ${others.toLocaleString("en")} more ${others === 1 ? "line is" : "lines are"} faulty.`
      : "";
  throw broken(`Line ${line.toLocaleString("en")}, column ${column}${name}: ${message}.${more}`, {
    line,
    column,
  });
}

const numberTypes = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE"];
/** Written so by nobody who counts: 00123, +49 171…, 0x1F. */
const code = "^\\s*(0[0-9xX]|\\+)";
/** Longer whole numbers do not fit into 64 bits, and lose digits as fractions. */
const longestWhole = 19;

/** Whether the values of a column, read as text, would not come back as they were written; null keeps the type. */
function changesWords(name: string, type: string): string | null {
  const value = quoteName(name);
  // The engine takes yes/no, t/f and 1/0 for truth values too; a label must keep its own words.
  if (type === "BOOLEAN") return `not bool_and(lower(${value}) in ('true', 'false'))`;
  if (!numberTypes.includes(type)) return null;
  const isCode = `bool_or(regexp_matches(${value}, ${quoteText(code)}))`;
  const isWhole = `bool_and(regexp_matches(${value}, ${quoteText("^\\s*-?[0-9]+\\s*$")}))`;
  return type === "DOUBLE"
    ? `${isCode} or (max(length(${value})) >= ${longestWhole} and ${isWhole})`
    : isCode;
}

/** Columns whose values the engine would change become text, by all of their values. */
async function keepWords(
  db: DuckDBConnection,
  read: string,
  columns: Dialect["columns"],
): Promise<Dialect["columns"]> {
  const checks = columns.map(({ name, type }, i) => {
    const check = changesWords(name, type);
    return check === null ? null : `${check} as c${i}`;
  });
  const asked = checks.filter((check) => check !== null);
  if (asked.length === 0) return columns;
  const [row] = await readRows(db, `select ${asked.join(", ")} from (${read})`);
  return columns.map((column, i) => (row?.[`c${i}`] === true ? { ...column, type: "VARCHAR" } : column));
}

function readCsv(file: string, dialect: Dialect, columns: Dialect["columns"], more: string[]): string {
  const types = columns.map(({ name, type }) => `${quoteName(name)}: ${quoteText(type)}`).join(", ");
  const settings = [
    "auto_detect=false",
    missing,
    `columns={${types}}`,
    `delim=${quoteText(dialect.delimiter)}`,
    `quote=${quoteText(dialect.quote)}`,
    `escape=${quoteText(dialect.escape)}`,
    `header=${dialect.header}`,
    `skip=${dialect.skipRows}`,
    ...more,
  ];
  return `select * from read_csv(${quoteText(file)}, ${settings.join(", ")})`;
}

/** Reads a delimited text file whole and writes it as Parquet. A faulty row is an error that names line and column. */
export async function ingestCsv(
  db: DuckDBConnection,
  input: { file: string; parquet: string; options: CsvOptions },
): Promise<TableShape> {
  const { size } = await stat(input.file);
  if (size === 0) throw broken("The file is empty.");
  const dialect = await sniff(db, input.file, input.options);
  const encoding = input.options.encoding ? [`encoding=${quoteText(input.options.encoding)}`] : [];
  const asText = dialect.columns.map((column) => ({ ...column, type: "VARCHAR" }));
  const lenient = readCsv(input.file, dialect, asText, [
    "strict_mode=false",
    "ignore_errors=true",
    ...encoding,
  ]);
  const columns = await keepWords(db, lenient, dialect.columns);
  const read = readCsv(input.file, dialect, columns, ["strict_mode=true", "store_rejects=true", ...encoding]);
  await db.run("drop table if exists reject_errors; drop table if exists reject_scans;");
  await db
    .run(`copy (${read}) to ${quoteText(input.parquet)} (format parquet, compression zstd)`)
    .catch((error: unknown) => Promise.reject(broken(`The file cannot be read: ${firstLine(error)}`)));
  await checkRejects(db, dialect.columns.length);
  const repeated = dialect.columns.find(
    ({ name }, i) => dialect.columns.findIndex((c) => c.name === name) !== i,
  );
  if (repeated) throw broken(`Two columns are named ${quoteName(repeated.name)}.`);
  return readShape(db, input.parquet);
}
