import type { DuckDBConnection } from "@duckdb/node-api";
import type { CellValue, ColumnProfile, TableColumn, TableProfile } from "../model.ts";
import { quoteName, quoteText, readRows, toFinite, toNumber } from "./connection.ts";

const binCount = 20;
const topCount = 12;

function asCell(value: unknown, column: TableColumn): CellValue {
  if (value === null || value === undefined) return null;
  return column.kind === "number" || column.kind === "integer" ? toFinite(String(value)) : String(value);
}

/** Equal-width bins from the smallest to the largest value. */
async function numberBins(
  db: DuckDBConnection,
  source: string,
  name: string,
): Promise<ColumnProfile["histogram"]> {
  const finite = `select ${name}::double as v from ${source} where isfinite(${name}::double)`;
  const [range] = await readRows(db, `select min(v) as lo, max(v) as hi, count(*) as n from (${finite})`);
  const low = toFinite(range?.lo);
  const high = toFinite(range?.hi);
  if (low === null || high === null) return [];
  if (low === high) return [{ label: String(low), from: low, to: high, count: toNumber(range?.n) }];
  const width = (high - low) / binCount;
  const rows = await readRows(
    db,
    `select least(floor((v - ${low}) / ${width}), ${binCount - 1})::int as bin, count(*) as n from (${finite}) group by 1`,
  );
  const counts = new Map(rows.map((row) => [toNumber(row.bin), toNumber(row.n)]));
  return Array.from({ length: binCount }, (_, i) => {
    const from = low + i * width;
    const to = i === binCount - 1 ? high : from + width;
    return {
      label: `${Number(from.toPrecision(4))} – ${Number(to.toPrecision(4))}`,
      from,
      to,
      count: counts.get(i) ?? 0,
    };
  });
}

/** Equal-width bins of time, labelled by their start. */
async function timeBins(
  db: DuckDBConnection,
  source: string,
  column: TableColumn,
): Promise<ColumnProfile["histogram"]> {
  if (column.sqlType.startsWith("TIME") && !column.sqlType.startsWith("TIMESTAMP")) {
    return valueBins(db, source, quoteName(column.name));
  }
  const seconds = `(select epoch(${quoteName(column.name)}::timestamp) as s from ${source} where ${quoteName(column.name)} is not null)`;
  const bins = await numberBins(db, seconds, "s");
  return bins.map((bin) => ({
    ...bin,
    label:
      bin.from === null ? bin.label : new Date(bin.from * 1000).toISOString().slice(0, 16).replace("T", " "),
  }));
}

/** The most frequent values. */
async function valueBins(
  db: DuckDBConnection,
  source: string,
  name: string,
): Promise<ColumnProfile["histogram"]> {
  const rows = await readRows(
    db,
    `select left(${name}::varchar, 200) as value, count(*) as n from ${source}
     where ${name} is not null group by 1 order by n desc, value limit ${topCount}`,
  );
  return rows.map((row) => ({ label: String(row.value), from: null, to: null, count: toNumber(row.n) }));
}

async function profileColumn(
  db: DuckDBConnection,
  source: string,
  column: TableColumn,
  rowCount: number,
): Promise<ColumnProfile> {
  const name = quoteName(column.name);
  const isNumber = column.kind === "number" || column.kind === "integer";
  const isOrdered = isNumber || column.kind === "datetime";
  const finite = `${name}::double) filter (where isfinite(${name}::double)`;
  const shown = (expression: string) => (isNumber ? expression : `(${expression})::varchar`);
  const quantile = (q: number) => (isOrdered ? shown(`quantile_disc(${name}, ${q})`) : "null");
  const [row] = await readRows(
    db,
    `select count(${name}) as present, approx_count_distinct(${name}) as distinct_count,
       ${column.kind === "other" ? "null" : shown(`min(${name})`)} as lo,
       ${column.kind === "other" ? "null" : shown(`max(${name})`)} as hi,
       ${quantile(0.25)} as q25, ${quantile(0.5)} as q50, ${quantile(0.75)} as q75
       ${isNumber ? `, avg(${finite}) as mean, stddev_samp(${finite}) as deviation, skewness(${finite}) as skew, kurtosis(${finite}) as kurt` : ""}
     from ${source}`,
  );
  const present = toNumber(row?.present);
  const histogram = isNumber
    ? await numberBins(db, source, name)
    : column.kind === "datetime"
      ? await timeBins(db, source, column)
      : await valueBins(db, source, name);
  const shownCount = histogram.reduce((sum, bin) => sum + bin.count, 0);
  return {
    ...column,
    count: rowCount,
    missingCount: rowCount - present,
    distinctCount: Math.min(toNumber(row?.distinct_count), present),
    min: asCell(row?.lo, column),
    max: asCell(row?.hi, column),
    mean: toFinite(row?.mean),
    standardDeviation: toFinite(row?.deviation),
    skewness: toFinite(row?.skew),
    kurtosis: toFinite(row?.kurt),
    q25: asCell(row?.q25, column),
    median: asCell(row?.q50, column),
    q75: asCell(row?.q75, column),
    histogram,
    otherCount: Math.max(0, present - shownCount),
  };
}

/** Looks at every column of a Parquet file, one after the other, so that memory stays bounded. */
export async function profileTable(
  db: DuckDBConnection,
  input: { file: string; columns: TableColumn[]; rowCount: number },
): Promise<TableProfile> {
  const source = `read_parquet(${quoteText(input.file)})`;
  const columns: ColumnProfile[] = [];
  for (const column of input.columns) columns.push(await profileColumn(db, source, column, input.rowCount));
  return { rowCount: input.rowCount, columns };
}
