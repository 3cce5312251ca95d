import { z } from "zod";

/**
 * The scalar types of the protocol as they come over the wire. Some clients send every scalar as text, so numbers and
 * booleans are also read from text; a text is never read from a number.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the database cannot keep this character.
const withoutNul = (text: string) => !/\u0000/.test(text);

export const text = z.string().refine(withoutNul, "must not contain the character NUL");

/** A text that must be there and not be empty. */
export const requiredText = text.min(1);

const isText = (value: unknown): value is string => typeof value === "string";

/** A whole number of 64 bits. JSON keeps 53 of them exactly, which is enough for steps and times. */
export const int64 = z.preprocess(
  (value) => (isText(value) && /^[-+]?\d+$/.test(value.trim()) ? Number(value) : value),
  z
    .number()
    .refine((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 63, "must be a whole number"),
);

const numberWords: Record<string, number> = {
  nan: Number.NaN,
  infinity: Number.POSITIVE_INFINITY,
  "-infinity": Number.NEGATIVE_INFINITY,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};

/** A double, or one of the words `NaN`, `Infinity`, `-Infinity`. */
export const double = z.preprocess(
  (value) => {
    if (!isText(value)) return value;
    const word = numberWords[value.trim().toLowerCase()];
    if (word !== undefined) return word;
    return value.trim() === "" ? value : Number(value);
  },
  z.custom<number>((value) => typeof value === "number", "must be a number"),
);

export const boolean = z.preprocess((value) => {
  if (value === "true" || value === "TRUE") return true;
  return value === "false" || value === "FALSE" ? false : value;
}, z.boolean());

/** A repeated field: a key of a query string that is given once is a list of one. */
export function list<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).default([]),
  );
}

/** One of the protocol's names, or the number that stands for it. */
export function enumeration<const T extends string>(numbers: Record<T, number>) {
  const names = Object.keys(numbers) as T[];
  return z.preprocess(
    (value) => {
      const number = isText(value) && /^\d+$/.test(value) ? Number(value) : value;
      return names.find((name) => numbers[name] === number) ?? value;
    },
    z.custom<T>((value) => names.some((name) => name === value), `must be one of ${names.join(", ")}`),
  );
}

export const viewType = enumeration({ ACTIVE_ONLY: 1, DELETED_ONLY: 2, ALL: 3 });

/** How many results a page may have. */
export const maxResults = (standard: number, most: number) =>
  int64.pipe(z.number().min(1).max(most)).default(standard);

export const tag = z.object({ key: requiredText, value: text.default("") });
