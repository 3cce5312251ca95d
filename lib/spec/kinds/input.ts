import { z } from "zod";
import { findWholeExpression } from "../expressions.ts";
import { choice, flag, forward, freeText, mapping, opt, text } from "../fields.ts";
import { didYouMean } from "../near-names.ts";
import { isMapping } from "../paths.ts";
import { findScalarText, keepText, plain, Written } from "../written.ts";
import {
  type InputMode,
  inputModes,
  inputModesOf,
  type LiteralType,
  literalTypes,
  type PortType,
  pathProblem,
  portTypes,
} from "./data-types.ts";

/** A value that is pasted into the command. */
export interface LiteralInput {
  type: "literal";
  value: string | number | boolean;
  /** What the command sees: numbers as they were written, booleans as `True` and `False`. */
  text: string;
}

/** Data or a model; `path` is any form of `parseRef`. */
export interface DataInput {
  type: PortType;
  mode: InputMode;
  path: string;
  datastore?: string;
  description?: string;
}

/** Declared, and given no value. */
export interface UnsetInput {
  type: "unset";
  expects: PortType | LiteralType;
  optional: boolean;
  description?: string;
}

export type JobInput = LiteralInput | DataInput | UnsetInput;

const decimal = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;

/** A literal from a scalar of the file. */
export function literalOf(value: string | number | boolean | Written): LiteralInput {
  const bare = value instanceof Written ? value.value : value;
  if (typeof bare === "boolean") return { type: "literal", value: bare, text: bare ? "True" : "False" };
  if (typeof bare === "string") return { type: "literal", value: bare, text: bare };
  const written = value instanceof Written ? value.text : String(bare);
  return { type: "literal", value: bare, text: decimal.test(written) ? written : String(bare) };
}

const types = [...portTypes, ...literalTypes] as const;

const described = mapping({
  type: opt(choice(types)),
  mode: opt(z.preprocess((mode) => (mode === "mount" ? "ro_mount" : mode), choice(inputModes))),
  path: opt(text),
  datastore: opt(text),
  description: opt(freeText),
  optional: opt(flag),
  default: opt(z.unknown()),
  value: opt(z.unknown()),
});

export const jobInput = z.unknown().transform((raw, ctx): JobInput => {
  const fail = (message: string, ...path: string[]): never => {
    ctx.addIssue({ code: "custom", message, path });
    return z.NEVER;
  };
  if (raw === null || raw === undefined) return fail("has no value. Give one, or take the input out.");
  if (typeof raw === "string" && findWholeExpression(raw)) {
    return fail(`is bound to ${raw}, which only a step of a pipeline can be. Give a value or a path.`);
  }
  if (isScalar(raw)) return literalOf(raw);
  if (!isMapping(raw)) return fail("must be a value, or a mapping with type and path.");
  const parsed = described.safeParse(raw);
  if (!parsed.success) {
    return forward(parsed.error, raw, ctx);
  }
  const { type, mode, path, datastore, description, optional, default: fallback, value } = parsed.data;
  const more = {
    ...(datastore === undefined ? {} : { datastore }),
    ...(description === undefined ? {} : { description }),
  };
  const given = value ?? fallback;
  if (given !== undefined) {
    if (!isScalar(given))
      return fail("must be text, a number or a boolean.", value === undefined ? "default" : "value");
    const literal = isLiteral(type) ? typedLiteral(given, type) : literalOf(given);
    return literal ?? fail(`must be of type ${type}.`, value === undefined ? "default" : "value");
  }
  if (path !== undefined) {
    if (isLiteral(type)) return fail(`stands beside type ${type}, which takes a value instead.`, "path");
    const problem = pathProblem(path);
    if (problem !== undefined) return fail(problem, "path");
    const port = type ?? "uri_folder";
    const allowed = inputModesOf(port);
    if (mode && !allowed.includes(mode)) return fail(modeMessage(port, mode, allowed), "mode");
    return { type: port, mode: mode ?? "ro_mount", path, ...more };
  }
  return {
    type: "unset",
    expects: type ?? "uri_folder",
    optional: optional ?? false,
    ...(description === undefined ? {} : { description }),
  };
});

export function modeMessage(type: string, mode: string, allowed: readonly string[]): string {
  return `“${mode}” does not fit ${type}, which takes ${allowed.join(", ")}.${didYouMean(mode, allowed)}`;
}

/** The value as a literal of a declared type; undefined when it is none. */
export function typedLiteral(
  value: string | number | boolean | Written,
  type: LiteralType,
): LiteralInput | undefined {
  if (type === "string") return literalOf(findScalarText(value) ?? "");
  const bare = plain(value);
  if (type === "boolean") {
    if (typeof bare === "boolean") return literalOf(bare);
    return typeof bare === "string" && /^(true|false)$/i.test(bare)
      ? literalOf(/^true$/i.test(bare))
      : undefined;
  }
  const written = findScalarText(value) ?? "";
  const number = typeof bare === "string" && decimal.test(bare) ? Number(bare) : bare;
  if (typeof number !== "number" || (type === "integer" && !Number.isInteger(number))) return undefined;
  return literalOf(keepText(number, written));
}

function isLiteral(type: PortType | LiteralType | undefined): type is LiteralType {
  return type !== undefined && (literalTypes as readonly string[]).includes(type);
}

export function isScalar(value: unknown): value is string | number | boolean | Written {
  return value instanceof Written || ["string", "number", "boolean"].includes(typeof value);
}
