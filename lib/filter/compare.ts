import { type SQL, sql } from "drizzle-orm";
import type { Operator } from "./parse.ts";

const symbols: Partial<Record<Operator, SQL>> = {
  "=": sql`=`,
  "!=": sql`<>`,
  ">": sql`>`,
  ">=": sql`>=`,
  "<": sql`<`,
  "<=": sql`<=`,
};

/** `expression operator values` in SQL. Every value is bound; a pattern has `%` and `_` and no escape character. */
export function compare(expression: SQL, operator: Operator, values: readonly SQL[]): SQL {
  const [first = sql`null`] = values;
  switch (operator) {
    case "IS NULL":
      return sql`${expression} is null`;
    case "IS NOT NULL":
      return sql`${expression} is not null`;
    case "IN":
      return sql`${expression} in (${sql.join([...values], sql`, `)})`;
    case "NOT IN":
      return sql`${expression} not in (${sql.join([...values], sql`, `)})`;
    case "LIKE":
      return sql`${expression} like ${first} escape ''`;
    case "ILIKE":
      return sql`${expression} ilike ${first} escape ''`;
    case "NOT LIKE":
      return sql`${expression} not like ${first} escape ''`;
    case "NOT ILIKE":
      return sql`${expression} not ilike ${first} escape ''`;
    default:
      return sql`${expression} ${symbols[operator]} ${first}`;
  }
}

/** Values of a filter as parameters of their own type. */
export function bindTexts(values: readonly (string | number)[]): SQL[] {
  return values.map((value) => sql`${String(value)}::text`);
}

export function bindNumbers(values: readonly (string | number)[]): SQL[] {
  return values.map((value) => sql`${Number(value)}::float8`);
}

/** UTC milliseconds as instants; what no instant can be is far in the past or the future. */
export function bindTimes(values: readonly (string | number)[]): SQL[] {
  return values.map((value) => {
    const time = Math.max(-62_135_596_800_000, Math.min(253_402_300_799_000, Math.trunc(Number(value))));
    return sql`${new Date(time).toISOString()}::timestamptz`;
  });
}
