import { z } from "zod";
import { invalid } from "#lib/core/errors.ts";

/** Yes or no in a query: a boolean of the typed client, or the words of an address (`true`, `1`, `yes`). */
export const flag = z.union([z.boolean(), z.stringbool()]);

/** The query of a list: lists are paged by cursor, never by offset. */
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().max(2000).optional(),
};

/** The answer of a list. `total` is given where it is cheap to count. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.number().int().optional(),
  });
}

/** Packs the sort values of the last row of a page. */
export function encodeCursor(values: readonly (string | number | boolean | null)[]): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(values))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** The values packed by `encodeCursor`, or a 400 that names the cursor. */
export function decodeCursor(cursor: string, length: number): (string | number | boolean | null)[] {
  try {
    const text = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    const values: unknown = JSON.parse(
      new TextDecoder().decode(Uint8Array.from(text, (c) => c.charCodeAt(0))),
    );
    if (Array.isArray(values) && values.length === length) return values;
  } catch {
    // Answered below: text that is no cursor of ours.
  }
  throw invalid("cursor", "is not one that this list gave. Start from the first page.");
}
