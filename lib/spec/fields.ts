import { z } from "zod";
import { AppError } from "#lib/core/errors.ts";
import { didYouMean } from "./near-names.ts";
import { parseRef } from "./parse-ref.ts";
import { isMapping } from "./paths.ts";
import type { Ref } from "./ref.ts";
import { findScalarText, plain, Written } from "./written.ts";

/** The zod pieces that every kind of spec is made of. Messages stand after the path, so they start with a verb. */

/** A key that may be missing. An empty value (`tags:` with nothing after it) counts as missing, see `mapping`. */
export const opt = z.exactOptional;

const scalarText = z.preprocess(
  (value) => findScalarText(value) ?? value,
  z.string({ error: (issue) => (issue.input === undefined ? undefined : "must be text.") }),
);

/** Any scalar, kept as the text it was written as. */
export const freeText = scalarText;

export const text = scalarText.pipe(z.string().min(1, "must not be empty."));

export const name = text.pipe(
  z
    .string()
    .max(255, "must have 255 characters at most.")
    .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, "must be made of letters, digits, dots, dashes and underscores."),
);

/** Numbers keep what was written: `1.10` stays `1.10`. */
export const version = name;

const number = z.preprocess(unwrap, z.number({ error: numberError("a number") }));

export const real = number;

export function whole(min: number, max?: number) {
  const base = z.int({ error: numberError("a whole number") }).min(min, `must be ${min} or more.`);
  return z.preprocess(
    unwrap,
    // Told when it is asked for: a process that formats numbers for the first time takes some 50 ms.
    max === undefined ? base : base.max(max, { error: () => `must be ${max.toLocaleString("en")} or less.` }),
  );
}

export function between(min: number, max: number) {
  return number.pipe(z.number().min(min, `must be ${min} or more.`).max(max, `must be ${max} or less.`));
}

export const flag = z.preprocess(unwrap, z.boolean({ error: numberError("true or false") }));

/** One of some words, in any case of letters. */
export function choice<const T extends readonly [string, ...string[]]>(words: T) {
  return z.preprocess(
    (value) => (typeof value === "string" ? value.toLowerCase() : value),
    z.enum(words, {
      error: (issue) => {
        if (issue.input === undefined) return undefined;
        const near = didYouMean(String(plain(issue.input)), words);
        return `must be ${words.length > 1 ? "one of " : ""}${words.join(", ")}.${near}`;
      },
    }),
  );
}

/** Text → text, any scalar as value. */
export const textMap = z.record(z.string(), freeText, { error: mapError });

/** Tags and properties: an empty value is allowed and kept. */
export const tagMap = z.record(z.string(), freeText.nullable(), { error: mapError });

/** Kept as it is, not looked into. */
export const opaque = z.unknown().transform(plain);

export const opaqueMap = z.record(z.string(), opaque, { error: mapError });

export const textList = z.array(text, {
  error: (issue) => (issue.input === undefined ? undefined : "must be a list."),
});

/**
 * A mapping with these keys only. Read-only keys are dropped without a word, so that what `show` printed loads again;
 * so are empty values. An unknown key is an error of its own that names the nearest known one.
 */
export function mapping<Shape extends z.ZodRawShape>(shape: Shape, readOnly: readonly string[] = []) {
  const known = Object.keys(shape);
  const drop = new Set([...readOnly, ...commonReadOnly].filter((key) => !known.includes(key)));
  return z.preprocess(
    (value) => {
      if (!isMapping(value)) return value;
      return Object.fromEntries(
        Object.entries(value).filter(([key, item]) => !drop.has(key) && item !== null && item !== undefined),
      );
    },
    z.strictObject(shape, {
      error: (issue) => {
        if (issue.code === "unrecognized_keys") {
          return issue.keys
            .slice(0, maxUnknownKeys)
            .map((key) => `is not a known key.${didYouMean(key, known)}`)
            .join("\n");
        }
        return mapError(issue);
      },
    }),
  );
}

/**
 * A mapping whose `type`, in any case of letters, says which keys it has. `refuse` may say why a type is not taken.
 */
export function byType<Branches extends Record<string, z.ZodType>>(
  branches: Branches,
  refuse?: (type: string) => string | undefined,
): z.ZodType<z.output<Branches[keyof Branches]>> {
  const types = Object.keys(branches);
  return z.unknown().transform((raw, ctx): z.output<Branches[keyof Branches]> => {
    const fail = (message: string, ...path: string[]): never => {
      ctx.addIssue({ code: "custom", message, path });
      return z.NEVER;
    };
    if (raw === undefined) return fail("is required.");
    if (!isMapping(raw)) return fail("must be a mapping of keys to values.");
    const type = findScalarText(raw.type)?.toLowerCase();
    if (type === undefined) return fail("is required.", "type");
    const branch = Object.hasOwn(branches, type) ? branches[type] : undefined;
    if (!branch) {
      const words = types.length > 1 ? `one of ${types.join(", ")}` : types.join();
      return fail(refuse?.(type) ?? `must be ${words}.${didYouMean(type, types)}`, "type");
    }
    const parsed = branch.safeParse({ ...raw, type });
    return parsed.success
      ? (parsed.data as z.output<Branches[keyof Branches]>)
      : forward(parsed.error, raw, ctx);
  });
}

/** Hands what an inner schema found to the outer one. */
export function forward(error: z.ZodError, input: unknown, ctx: z.core.$RefinementCtx): never {
  for (const issue of error.issues) ctx.issues.push({ ...issue, input } as z.core.$ZodRawIssue);
  return z.NEVER;
}

/** Text that `parseRef` reads and `problem` finds nothing wrong with. */
export function reference(problem: (ref: Ref) => string | undefined) {
  return text.superRefine((value, ctx) => {
    const message = refProblem(value, problem);
    if (message !== undefined) ctx.addIssue({ code: "custom", message });
  });
}

export function refProblem(value: string, problem: (ref: Ref) => string | undefined): string | undefined {
  try {
    return problem(parseRef(value));
  } catch (error) {
    if (error instanceof AppError) return error.userMessage;
    throw error;
  }
}

/** A file of another kind may have thousands. */
const maxUnknownKeys = 20;

const commonReadOnly = [
  "$schema",
  "id",
  "status",
  "creation_context",
  "log_files",
  "latest_version",
  "provisioning_state",
  "resourceGroup",
];

function unwrap(value: unknown): unknown {
  return value instanceof Written ? value.value : value;
}

function numberError(what: string) {
  return (issue: { input?: unknown }) => (issue.input === undefined ? undefined : `must be ${what}.`);
}

function mapError(issue: { input?: unknown; code?: string }): string | undefined {
  return issue.input === undefined || issue.code !== "invalid_type"
    ? undefined
    : "must be a mapping of keys to values.";
}
