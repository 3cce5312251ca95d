import { AppError } from "#lib/core/errors.ts";

export type TokenKind = "word" | "number" | "text" | "quoted" | "operator" | "(" | ")" | "," | "end";

/** A piece of a filter. `at` and `end` count characters from 0; `text` is without quotes. */
export interface Token {
  kind: TokenKind;
  text: string;
  at: number;
  end: number;
}

/** What is read: the conditions, or the order of what they find. */
export type Part = "filter" | "sort";

/** A 400 that says at which character the text stops making sense, so that it can be underlined. */
export function filterError(message: string, at: number, end: number, part: Part = "filter"): AppError {
  return new AppError("VALIDATION_FAILED", {
    userMessage: `${part === "filter" ? "Filter" : "Order"}, character ${at + 1}: ${message}`,
    issues: [{ path: part, message, location: `character ${at + 1}` }],
    details: { position: at, length: Math.max(1, end - at) },
  });
}

const wordCharacter = /[\p{L}\p{N}_.\-+/:@%*]/u;
const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const operator = /^(>=|<=|!=|<>|==|=|>|<)/;

/** Cuts a filter into tokens; the last one is `end`. */
export function readTokens(source: string, part: Part): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const character = source.charAt(at);
    if (/\s/.test(character)) {
      at += 1;
      continue;
    }
    const token = readToken(source, at, character, part);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: "end", text: "", at: source.length, end: source.length });
  return tokens;
}

function readToken(source: string, at: number, character: string, part: Part): Token {
  if (character === "(" || character === ")" || character === ",") {
    return { kind: character, text: character, at, end: at + 1 };
  }
  if (character === "'" || character === '"' || character === "`")
    return readQuoted(source, at, character, part);
  const symbol = operator.exec(source.slice(at, at + 2))?.[0];
  if (symbol) return { kind: "operator", text: symbol, at, end: at + symbol.length };
  let end = at;
  while (end < source.length && wordCharacter.test(source.charAt(end))) end += 1;
  if (end === at) throw filterError(`“${character}” has no meaning here.`, at, at + 1, part);
  const text = source.slice(at, end);
  return { kind: number.test(text) ? "number" : "word", text, at, end };
}

/** Text in `'` or `"`; between backticks, a name. The quote itself is written twice inside. */
function readQuoted(source: string, at: number, quote: string, part: Part): Token {
  let text = "";
  for (let end = at + 1; end < source.length; end += 1) {
    const character = source.charAt(end);
    if (character !== quote) {
      text += character;
    } else if (source.charAt(end + 1) === quote) {
      text += quote;
      end += 1;
    } else {
      return { kind: quote === "`" ? "quoted" : "text", text, at, end: end + 1 };
    }
  }
  throw filterError(`the quote ${quote} is not closed.`, at, source.length, part);
}
