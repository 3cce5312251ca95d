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
    const column = type === "time" ? sql`date_part('epoch', ${expression}) * 1000` : expression;
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
  if (value === null) return sql`(${term.expression} is null and ${after(others, rest)})`;
  if (others.length === 0) return sql`${term.expression} ${beyond(term)} ${bind(term, value)}`;
  // The first part says again what the second one does, in a form that an index understands.
  return sql`(${term.expression} ${beyond(term)}= ${bind(term, value)} and (
    ${term.expression} ${beyond(term)} ${bind(term, value)} or ${after(others, rest)}))`;
}

function beyond(term: FlatTerm): SQL {
  return term.descending ? sql.raw("<") : sql.raw(">");
}

/** When all terms go one way and none can be missing, one comparison of rows does, which an index can answer. */
function afterRow(terms: readonly FlatTerm[], values: readonly CursorValue[]): SQL | null {
  const [first] = terms;
  if (!first || terms.some((term) => term.nullable || term.descending !== first.descending)) return null;
  const left = terms.map((term) => term.expression);
  const right = terms.map((term, index) => bind(term, values[index] ?? null));
  return sql`(${sql.join(left, sql`, `)}) ${beyond(first)} (${sql.join(right, sql`, `)})`;
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

export interface KeysetOptions {
  cursor?: string | undefined;
  /** The query reads only rows that have a value for the first term, so its rank need not be looked at. */
  firstPresent?: boolean;
}

/** Whether a cursor stands at a row that has no value for the first, nullable term. */
export function isPastPresent(terms: readonly SortTerm[], cursor: string): boolean {
  return Number(decodeCursor(cursor, flatten(terms).length)[0]) > 0;
}

export function createKeyset(terms: readonly SortTerm[], options: KeysetOptions): Keyset {
  const flat = flatten(terms);
  const skipped = options.firstPresent ? 1 : 0;
  const used = flat
    .slice(skipped)
    .map((term, index) => (skipped && index === 0 ? { ...term, nullable: false } : term));
  const values = options.cursor ? decodeCursor(options.cursor, flat.length).slice(skipped) : undefined;
  return {
    orderBy: sql.join(
      used.map(({ expression, descending }) => sql`${expression} ${sql.raw(descending ? "desc" : "asc")}`),
      sql`, `,
    ),
    after: values && (afterRow(used, values) ?? after(used, values)),
    columns: sql.join(
      flat.map(({ column }, index) => sql`${column} as ${sql.identifier(`k${index}`)}`),
      sql`, `,
    ),
    nextCursor: (row) =>
      encodeCursor(
        flat.map(({ type }, index) => {
          const value = row[`k${index}`];
          if (value === null || value === undefined) return null;
          if (type === "text") return String(value);
          return type === "time" ? Math.round(Number(value)) : Number(value);
        }),
      ),
  };
}
