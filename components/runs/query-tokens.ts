export type QueryTokenKind = "name" | "value" | "word" | "plain";

export interface QueryToken {
  kind: QueryTokenKind;
  text: string;
}

const pattern =
  /("(?:[^"]|"")*"?|'(?:[^']|'')*'?|(?<![\w.])-?\d[\w.%]*)|\b(and|or|not|in|like|ilike|is|null|between)\b|((?:[A-Za-z_][\w-]*\.)?(?:`[^`]*`?|[A-Za-z_][\w./-]*))/gi;
/** A bare word after a comparison is a value: `status = completed`. */
const afterOperator = /(?:=|!=|<>|<|>|like|,|\()\s*$/i;

/** A query in pieces with a colour each; together they are the whole text. It never fails: the studio finds errors. */
export function tokenizeQuery(query: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  for (const match of query.matchAll(pattern)) {
    const before = query.slice(0, match.index);
    if (match.index > at) tokens.push({ kind: "plain", text: query.slice(at, match.index) });
    const kind = match[1] ? "value" : match[2] ? "word" : afterOperator.test(before) ? "value" : "name";
    tokens.push({ kind, text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < query.length) tokens.push({ kind: "plain", text: query.slice(at) });
  return tokens;
}

/** Where the studio stopped reading a query, from its answer: `[first character, how many]`. */
export function errorSpan(error: unknown): { at: number; length: number } | null {
  const data = typeof error === "object" && error !== null && "data" in error ? error.data : null;
  const details = typeof data === "object" && data !== null && "details" in data ? data.details : null;
  const { position, length } = (details ?? {}) as { position?: unknown; length?: unknown };
  return typeof position === "number"
    ? { at: position, length: typeof length === "number" ? length : 1 }
    : null;
}
