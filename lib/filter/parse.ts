import { filterError, type Part, readTokens, type Token } from "./tokens.ts";

export const operators = [
  "=",
  "!=",
  ">",
  ">=",
  "<",
  "<=",
  "LIKE",
  "ILIKE",
  "NOT LIKE",
  "NOT ILIKE",
  "IN",
  "NOT IN",
  "IS NULL",
  "IS NOT NULL",
] as const;
export type Operator = (typeof operators)[number];

/** What a clause is about: `metrics.auc` has a scope and a key, `status` only a key. */
export interface Identifier {
  scope: string | null;
  key: string;
  at: number;
  end: number;
}

/** A value as written. A `word` stands without quotes. */
export interface Literal {
  kind: "number" | "text" | "word";
  text: string;
  at: number;
  end: number;
}

export interface Clause {
  identifier: Identifier;
  operator: Operator;
  /** One, several for `IN`, none for `IS NULL`. */
  values: Literal[];
  at: number;
  end: number;
}

export interface Order {
  identifier: Identifier;
  descending: boolean;
}

class Reader {
  private readonly tokens: Token[];
  private readonly part: Part;
  private index = 0;

  constructor(source: string, part: Part) {
    this.tokens = readTokens(source, part);
    this.part = part;
  }

  /** What comes next, without taking it. */
  peek(): Token {
    const token = this.tokens[this.index];
    if (!token) throw new Error("read past the end of a filter");
    return token;
  }

  get last(): Token | undefined {
    return this.tokens[this.index - 1];
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.index += 1;
    return token;
  }

  /** Takes the word, in any case, if it comes next. */
  takeWord(word: string): boolean {
    if (!this.seesWord(word)) return false;
    this.index += 1;
    return true;
  }

  seesWord(word: string): boolean {
    return this.peek().kind === "word" && this.peek().text.toLowerCase() === word;
  }

  fail(message: string, token = this.peek()): never {
    throw filterError(message, token.at, token.end, this.part);
  }
}

/** `name`, `scope.key`, and with odd characters `scope."key"` or a name between backticks. */
function readIdentifier(reader: Reader): Identifier {
  const token = reader.take();
  if (token.kind === "end") reader.fail("a name such as metrics.auc or status is missing.", token);
  if (token.kind === "quoted" || token.kind === "text") return split(token.text, token);
  if (token.kind !== "word") reader.fail(`“${token.text}” is not a name.`, token);
  if (token.text.endsWith(".")) {
    const key = reader.peek();
    if ((key.kind === "text" || key.kind === "quoted") && key.at === token.end) {
      reader.take();
      return { scope: token.text.slice(0, -1).toLowerCase(), key: key.text, at: token.at, end: key.end };
    }
    reader.fail("a key is missing after the dot.", token);
  }
  if (token.text.toLowerCase() === "run" && reader.seesWord("name")) {
    const { end } = reader.take();
    return { scope: null, key: "run_name", at: token.at, end };
  }
  return split(token.text, token);
}

function split(text: string, { at, end }: Token): Identifier {
  const dot = text.indexOf(".");
  if (dot <= 0) return { scope: null, key: text, at, end };
  return { scope: text.slice(0, dot).toLowerCase(), key: text.slice(dot + 1), at, end };
}

function readOperator(reader: Reader): Operator {
  const token = reader.take();
  if (token.kind === "operator") {
    if (token.text === "==") return "=";
    if (token.text === "<>") return "!=";
    return operators.find((operator) => operator === token.text) ?? reader.fail("is no operator.", token);
  }
  switch (token.kind === "word" ? token.text.toLowerCase() : "") {
    case "like":
      return "LIKE";
    case "ilike":
      return "ILIKE";
    case "in":
      return "IN";
    case "not":
      if (reader.takeWord("in")) return "NOT IN";
      if (reader.takeWord("like")) return "NOT LIKE";
      if (reader.takeWord("ilike")) return "NOT ILIKE";
      return reader.fail("after “not” comes in, like or ilike.");
    case "is": {
      const negated = reader.takeWord("not");
      if (!reader.takeWord("null")) reader.fail("after “is” comes null or not null.");
      return negated ? "IS NOT NULL" : "IS NULL";
    }
    default:
      return reader.fail("a comparison such as =, >, like or in is missing.", token);
  }
}

function readLiteral(reader: Reader): Literal {
  const { kind, text, at, end } = reader.peek();
  if (kind !== "number" && kind !== "text" && kind !== "word") reader.fail("a value is missing.");
  reader.take();
  return { kind, text, at, end };
}

function readList(reader: Reader): Literal[] {
  if (reader.peek().kind !== "(") reader.fail("a list such as ('a', 'b') is missing.");
  reader.take();
  const values = [readLiteral(reader)];
  while (reader.peek().kind === ",") {
    reader.take();
    values.push(readLiteral(reader));
  }
  if (reader.peek().kind !== ")") reader.fail("the list is not closed: ) is missing.");
  reader.take();
  return values;
}

function readClause(reader: Reader): Clause {
  const identifier = readIdentifier(reader);
  const operator = readOperator(reader);
  const list = operator === "IN" || operator === "NOT IN";
  const nothing = operator === "IS NULL" || operator === "IS NOT NULL";
  const values = nothing ? [] : list ? readList(reader) : [readLiteral(reader)];
  return { identifier, operator, values, at: identifier.at, end: reader.last?.end ?? identifier.end };
}

/**
 * Reads a filter: clauses that must all hold, joined by `and`. An empty one has no clauses. Throws a
 * `VALIDATION_FAILED` with the position of the first fault.
 */
export function parseFilter(source: string): Clause[] {
  const reader = new Reader(source, "filter");
  if (reader.peek().kind === "end") return [];
  const clauses = [readClause(reader)];
  while (reader.peek().kind !== "end") {
    if (reader.seesWord("or")) reader.fail("“or” is not understood; use in (…) for several values.");
    if (!reader.takeWord("and")) reader.fail("“and” is missing before the next condition.");
    clauses.push(readClause(reader));
  }
  return clauses;
}

/** Reads `metrics.auc desc, name`: what to sort by, the first key first. Ascending unless told. */
export function parseOrder(source: string): Order[] {
  const reader = new Reader(source, "sort");
  const orders: Order[] = [];
  while (reader.peek().kind !== "end") {
    if (orders.length > 0 && reader.take().kind !== ",") {
      reader.fail("a comma or the end is expected.", reader.last);
    }
    const identifier = readIdentifier(reader);
    const descending = reader.takeWord("desc");
    if (!descending) reader.takeWord("asc");
    orders.push({ identifier, descending });
  }
  return orders;
}
