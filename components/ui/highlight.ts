export type Language = "text" | "json" | "yaml" | "python" | "javascript" | "bash";
export type TokenKind = "plain" | "comment" | "string" | "number" | "key" | "word";

export interface Token {
  kind: TokenKind;
  text: string;
}

const string = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;
const number = String.raw`(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])`;
const words = {
  json: "true|false|null",
  yaml: "true|false|null",
  python:
    "and|as|assert|async|await|break|class|continue|def|elif|else|except|False|finally|for|from|if|import|in|is|lambda|None|not|or|pass|raise|return|True|try|while|with|yield",
  javascript:
    "async|await|break|case|catch|class|const|continue|else|export|false|finally|for|from|function|if|import|in|let|new|null|of|return|throw|true|try|typeof|undefined|while",
  bash: "case|do|done|elif|else|esac|export|fi|for|function|if|in|then|while",
};

function grammar(language: Exclude<Language, "text">): RegExp {
  const comment =
    language === "json"
      ? "(?!)"
      : language === "javascript"
        ? String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`
        : String.raw`(?<![^\s])#[^\n]*`;
  const key =
    language === "json"
      ? String.raw`"(?:[^"\\\n]|\\.)*"(?=\s*:)`
      : language === "yaml"
        ? String.raw`(?<=^[ \t-]*)[\w$./-]+(?=:(?:\s|$))`
        : "(?!)";
  const long =
    language === "python"
      ? String.raw`"""[\s\S]*?"""|'''[\s\S]*?'''|`
      : language === "javascript"
        ? "`(?:[^`\\\\]|\\\\.)*`|"
        : "";
  return new RegExp(
    `(?<comment>${comment})|(?<key>${key})|(?<string>${long}${string})|(?<number>${number})|(?<word>\\b(?:${words[language]})\\b)`,
    "gm",
  );
}

/** Past this many characters text stays plain: colouring it would hold up the page. */
const limit = 200_000;

/** Cuts code into coloured parts; joined, they are the code again. */
export function tokenize(code: string, language: Language): Token[] {
  if (language === "text" || code.length > limit) return [{ kind: "plain", text: code }];
  const tokens: Token[] = [];
  let last = 0;
  for (const match of code.matchAll(grammar(language))) {
    if (match.index > last) tokens.push({ kind: "plain", text: code.slice(last, match.index) });
    const groups = match.groups ?? {};
    const kind = (["comment", "key", "string", "number", "word"] as const).find(
      (name) => groups[name] !== undefined,
    );
    tokens.push({ kind: kind ?? "plain", text: match[0] });
    last = match.index + match[0].length;
  }
  if (last < code.length) tokens.push({ kind: "plain", text: code.slice(last) });
  return tokens;
}
