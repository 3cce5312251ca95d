import type { Literal } from "#lib/components/model.ts";

export function isLiteral(value: unknown): value is Literal {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
