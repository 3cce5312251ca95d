/** How one value is read from and written to the address. `format` gives null for the default, which is left out. */
export interface Codec<T> {
  parse(raw: string | null): T;
  format(value: T): string | null;
}

export function text(fallback = ""): Codec<string> {
  return { parse: (raw) => raw ?? fallback, format: (value) => (value === fallback ? null : value) };
}

export function oneOf<const T extends string>(values: readonly T[], fallback: NoInfer<T>): Codec<T> {
  return {
    parse: (raw) => values.find((value) => value === raw) ?? fallback,
    format: (value) => (value === fallback ? null : value),
  };
}

export function flag(fallback = false): Codec<boolean> {
  return {
    parse: (raw) => (raw === null ? fallback : raw === "1"),
    format: (value) => (value === fallback ? null : value ? "1" : "0"),
  };
}

export function integer(fallback: number): Codec<number> {
  return {
    parse: (raw) => (raw !== null && /^-?\d{1,15}$/.test(raw) ? Number(raw) : fallback),
    format: (value) => (value === fallback ? null : String(value)),
  };
}

/** Values with commas between; commas inside a value are escaped. */
export function list(fallback: readonly string[] = []): Codec<string[]> {
  const write = (value: readonly string[]) => value.map((each) => encodeURIComponent(each)).join(",");
  return {
    parse: (raw) => (raw === null ? [...fallback] : raw === "" ? [] : raw.split(",").map(decode)),
    format: (value) => (write(value) === write(fallback) ? null : write(value)),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export type Codecs<S> = { readonly [K in keyof S]: Codec<S[K]> };

export function readUrlState<S extends object>(codecs: Codecs<S>, search: URLSearchParams): S {
  const entries = Object.entries<Codec<unknown>>(codecs).map(([key, codec]) => [
    key,
    codec.parse(search.get(key)),
  ]);
  return Object.fromEntries(entries) as S;
}

/** The query with the changes in it; keys that belong to others stay. */
export function writeUrlState<S extends object>(
  codecs: Codecs<S>,
  search: URLSearchParams,
  changes: Partial<S>,
): string {
  const next = new URLSearchParams(search);
  for (const [key, codec] of Object.entries<Codec<unknown>>(codecs)) {
    if (!(key in changes)) continue;
    const raw = codec.format(changes[key as keyof S]);
    if (raw === null) next.delete(key);
    else next.set(key, raw);
  }
  return next.toString();
}
