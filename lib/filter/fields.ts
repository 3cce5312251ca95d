import type { Clause, Identifier, Literal, Operator } from "./parse.ts";
import { filterError, type Part } from "./tokens.ts";

export type FieldType = "number" | "text" | "time" | "duration" | "status";

/** What can be searched: named fields, and scopes whose keys are anything that was logged. */
export interface FieldSet {
  /** Of one row, for errors: “a run”. */
  noun: string;
  /** Field → type, by the name that is used inside. */
  fields: Record<string, FieldType>;
  /** Other spellings → field, in lower case. */
  aliases: Record<string, string>;
  /** Scope → type of its values, by the name that is used inside. */
  scopes: Record<string, FieldType>;
  /** Other spellings → scope. One that means the fields themselves is `attributes`. */
  scopeAliases: Record<string, string>;
}

/** What an identifier means: a field (`scope` null) or a key in a scope. */
export interface Target {
  scope: string | null;
  key: string;
  type: FieldType;
  /** Where it is written. */
  at: number;
  end: number;
}

/** A clause whose names and values make sense. */
export interface CheckedClause extends Target {
  operator: Operator;
  /** Numbers for numbers, times (UTC milliseconds) and durations (milliseconds). */
  values: (string | number)[];
}

export function resolveIdentifier(
  fields: FieldSet,
  { scope, key, at, end }: Identifier,
  part: Part = "filter",
): Target {
  const named = scope === null ? null : (fields.scopeAliases[scope] ?? scope);
  if (named !== null && named !== "attributes") {
    const type = fields.scopes[named];
    if (type) return { scope: named, key, type, at, end };
    const known = Object.keys(fields.scopes).join(", ");
    throw filterError(
      `${fields.noun} has no “${scope}”.${known ? ` Use ${known} or a plain name.` : ""}`,
      at,
      end,
      part,
    );
  }
  const lower = key.toLowerCase();
  const field = fields.aliases[lower] ?? lower;
  const type = fields.fields[field];
  if (type) return { scope: null, key: field, type, at, end };
  throw filterError(
    `${fields.noun} has no field “${key}”. Known are ${Object.keys(fields.fields).join(", ")}.`,
    at,
    end,
    part,
  );
}

const comparisons: readonly Operator[] = ["=", "!=", ">", ">=", "<", "<="];
const patterns: readonly Operator[] = ["LIKE", "ILIKE", "NOT LIKE", "NOT ILIKE"];
const presence: readonly Operator[] = ["IS NULL", "IS NOT NULL"];
const lists: readonly Operator[] = ["IN", "NOT IN"];

const allowed: Record<FieldType, readonly Operator[]> = {
  number: [...comparisons, ...lists, ...presence],
  time: [...comparisons, ...presence],
  duration: [...comparisons, ...presence],
  text: ["=", "!=", ...patterns, ...lists, ...presence],
  status: ["=", "!=", ...patterns, ...lists],
};

const unitMs: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `90s`, `10m`, `1.5h`, `7d` in milliseconds. */
function readDuration(text: string): number | null {
  const match = /^-?(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d|w)$/i.exec(text);
  const unit = unitMs[match?.[2]?.toLowerCase() ?? ""];
  return match && unit ? Number(match[1]) * unit : null;
}

function readValue(type: FieldType, literal: Literal, now: number, name: string): string | number {
  const { kind, text, at, end } = literal;
  switch (type) {
    case "number":
      if (kind === "number") return Number(text);
      throw filterError(`${name} is compared with a number, written without quotes.`, at, end);
    case "time": {
      if (kind === "number") return Number(text);
      const ago = readDuration(text);
      if (ago !== null) return now - ago;
      const time = Date.parse(text);
      if (!Number.isNaN(time)) return time;
      throw filterError(
        `${name} is compared with a date such as "2026-11-21", an age such as 7d, or milliseconds.`,
        at,
        end,
      );
    }
    case "duration": {
      const duration = kind === "number" ? Number(text) * 1000 : readDuration(text);
      if (duration !== null) return duration;
      throw filterError(`${name} is compared with a time span such as 90s, 10m or 2h.`, at, end);
    }
    case "text":
    case "status":
      return text;
  }
}

/** Checks a clause against what can be searched; throws with the position of what does not fit. */
export function checkClause(fields: FieldSet, clause: Clause, now = Date.now()): CheckedClause {
  const target = resolveIdentifier(fields, clause.identifier);
  const { operator } = clause;
  const name = target.scope === null ? target.key : `${target.scope}.${target.key}`;
  if (!allowed[target.type].includes(operator)) {
    const message = `${name} cannot be compared with ${operator}; use ${allowed[target.type].join(", ")}.`;
    throw filterError(message, clause.at, clause.end);
  }
  const values = clause.values.map((value) => readValue(target.type, value, now, name));
  return { ...target, operator, values };
}
