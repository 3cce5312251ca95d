import { z } from "zod";
import type { Codec } from "#components/ui/url-codec.ts";
import { filterOperators, type RowFilter } from "#lib/tables/model.ts";

const packed = z.array(
  z.tuple([z.string(), z.enum(filterOperators), z.union([z.string(), z.number(), z.boolean(), z.null()])]),
);

/** Filters in the address: `[["age",">",40]]`. What cannot be read counts as none. */
export const filterCodec: Codec<RowFilter[]> = {
  parse(raw) {
    if (!raw) return [];
    try {
      return packed.parse(JSON.parse(raw)).map(([column, operator, value]) => ({
        column,
        operator,
        ...(value === null ? {} : { value }),
      }));
    } catch {
      return [];
    }
  },
  format(filters) {
    if (filters.length === 0) return null;
    return JSON.stringify(filters.map(({ column, operator, value }) => [column, operator, value ?? null]));
  },
};

const words: Record<RowFilter["operator"], string> = {
  "=": "=",
  "!=": "≠",
  ">": ">",
  ">=": "≥",
  "<": "<",
  "<=": "≤",
  contains: "contains",
  missing: "is missing",
  present: "is not missing",
};

export function operatorWord(operator: RowFilter["operator"]): string {
  return words[operator];
}

export function needsValue(operator: RowFilter["operator"]): boolean {
  return operator !== "missing" && operator !== "present";
}

/** `age > 40`. */
export function describeFilter(filter: RowFilter): string {
  const value = needsValue(filter.operator) ? ` ${filter.value ?? ""}` : "";
  return `${filter.column} ${operatorWord(filter.operator)}${value}`;
}
