import { type SQL, sql } from "drizzle-orm";
import { decodeCursor, encodeCursor } from "#lib/api/page.ts";

/** One thing that rows are sorted by. Rows without a value come last either way. */
export interface SortTerm {
  expression: SQL;
  descending: boolean;
  /** How the value travels in a cursor, and back. */
  type: "text" | "number" | "time";
  nullable: boolean;
  /** Of a nullable term: where a row stands before its value is looked at, 0 first. Rows without a value last, unless told. */
  rank?: SQL;
}

interface FlatTerm extends SortTerm {
  /** The value to put into the cursor. */
  column: SQL;
}

function flatten(terms: readonly SortTerm[]): FlatTerm[] {
  return terms.flatMap((term) => {
    const { expression, type } = term;
    const column = type === "time" ? sql`(extract(epoch from ${expression}) * 1000)::float8` : expression;
    const self = { ...term, column };
    if (!term.nullable) return [self];
    const missing = term.rank ?? sql`(case when ${expression} is null then 1 else 0 end)`;
    const rank: FlatTerm = {
      ...{ expression: missing, column: missing, descending: false, type: "number", nullable: false },
    };
    return [rank, self];
  });
}

type CursorValue = string | number | boolean | null;

function bind(term: FlatTerm, value: CursorValue): SQL {
  if (value === null) return sql`null`;
  if (term.type === "text") return sql`${String(value)}::text`;
  if (term.type === "number") return sql`${Number(value)}::float8`;
  return sql`${new Date(Number(value)).toISOString()}::timestamptz`;
}

/** Rows that come after the one with these values. */
function after(terms: readonly FlatTerm[], values: readonly CursorValue[]): SQL {
  const [term, ...others] = terms;
  const [value = null, ...rest] = values;
  if (!term) return sql`false`;
  const same =
    value === null ? sql`${term.expression} is null` : sql`${term.expression} = ${bind(term, value)}`;
  if (others.length === 0 && value !== null) return beyond(term, value);
  const later = sql`(${same} and ${after(others, rest)})`;
  return value === null ? later : sql`(${beyond(term, value)} or ${later})`;
}

function beyond(term: FlatTerm, value: CursorValue): SQL {
  const sign = term.descending ? sql`<` : sql`>`;
  return sql`${term.expression} ${sign} ${bind(term, value)}`;
}

/** When all terms go one way and none can be missing, one comparison of rows does, which an index can answer. */
function afterRow(terms: readonly FlatTerm[], values: readonly CursorValue[]): SQL | null {
  const descending = terms[0]?.descending;
  if (terms.some((term) => term.nullable || term.descending !== descending)) return null;
  const left = sql.join(
    terms.map((term) => term.expression),
    sql`, `,
  );
  const right = sql.join(
    terms.map((term, index) => bind(term, values[index] ?? null)),
    sql`, `,
  );
  return sql`(${left}) ${descending ? sql`<` : sql`>`} (${right})`;
}

/** The parts of a query that reads one page in the order of its terms; the last of them must tell any two rows apart. */
export interface Keyset {
  /** `order by` without the words. */
  orderBy: SQL;
  /** The condition that skips what earlier pages had. */
  after: SQL | undefined;
  /** Columns `k0`, `k1`, … that `nextCursor` needs of the last row. */
  columns: SQL;
  nextCursor(row: Record<string, unknown>): string;
}

export function createKeyset(terms: readonly SortTerm[], cursor: string | undefined): Keyset {
  const flat = flatten(terms);
  const values = cursor ? decodeCursor(cursor, flat.length) : undefined;
  return {
    orderBy: sql.join(
      flat.map(({ expression, descending }) => sql`${expression} ${descending ? sql`desc` : sql`asc`}`),
      sql`, `,
    ),
    after: values && (afterRow(flat, values) ?? after(flat, values)),
    columns: sql.join(
      flat.map(({ column }, index) => sql`${column} as ${sql.identifier(`k${index}`)}`),
      sql`, `,
    ),
    nextCursor: (row) =>
      encodeCursor(
        flat.map((term, index) => {
          const value = row[`k${index}`];
          if (value === null || value === undefined) return null;
          return term.type === "text" ? String(value) : Number(value);
        }),
      ),
  };
}
