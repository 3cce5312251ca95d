import { invalid } from "#lib/core/errors.ts";

/** One `${{ path }}` of a text. */
export interface Expression {
  /** As it stands in the text, braces included. */
  raw: string;
  /** `inputs`, `outputs`, `parent`, `search_space`, `name`, … */
  root: string;
  /** What follows the root; a name with dots belongs to an input group. Empty for `${{name}}`. */
  name: string;
  start: number;
  end: number;
}

/** One `$[[ … ]]`, which vanishes when an expression inside has no value. */
export interface OptionalBlock {
  start: number;
  end: number;
  expressions: Expression[];
}

export interface TemplateProblem {
  message: string;
  /** The piece of the text at fault, and where it starts. */
  raw: string;
  start: number;
}

export interface Template {
  text: string;
  /** Every expression in order, those of blocks too. */
  expressions: Expression[];
  blocks: OptionalBlock[];
  problems: TemplateProblem[];
}

/** Finds the expressions and optional blocks of a text, and what is malformed in it. */
export function parseTemplate(text: string): Template {
  const template: Template = { text, expressions: [], blocks: [], problems: [] };
  readSpan(template, 0, text.length, true);
  return template;
}

/** The expression that makes up the whole text, spaces around it aside. */
export function findWholeExpression(text: string): Expression | undefined {
  const { expressions } = parseTemplate(text);
  const only = expressions[0];
  return expressions.length === 1 && only?.raw === text.trim() ? only : undefined;
}

/**
 * The text with the value of each expression pasted in as it is. A block goes when one of its expressions has no
 * value. Throws `VALIDATION_FAILED` for a malformed text and for an expression outside a block without a value.
 */
export function resolveTemplate(
  text: string,
  lookup: (expression: Expression) => string | undefined,
): string {
  const { blocks, expressions, problems } = parseTemplate(text);
  const problem = problems[0];
  if (problem) throw invalid("", problem.message, problem.raw);
  const values = new Map(expressions.map((expression) => [expression.start, lookup(expression)]));
  const paste = (from: number, to: number): string => {
    let result = "";
    let at = from;
    for (const expression of expressions.filter((item) => item.start >= from && item.end <= to)) {
      const value = values.get(expression.start);
      if (value === undefined) throw invalid("", `${expression.raw} has no value.`, expression.raw);
      result += text.slice(at, expression.start) + value;
      at = expression.end;
    }
    return result + text.slice(at, to);
  };
  let result = "";
  let at = 0;
  for (const block of blocks) {
    result += paste(at, block.start);
    const complete = block.expressions.every((expression) => values.get(expression.start) !== undefined);
    if (complete) result += paste(block.start + 3, block.end - 2);
    at = block.end;
  }
  return result + paste(at, text.length);
}

function readSpan(template: Template, from: number, to: number, blocksAllowed: boolean): void {
  const { text } = template;
  const opening = /\$\{\{|\$\[\[/g;
  opening.lastIndex = from;
  for (let match = opening.exec(text); match && match.index < to; match = opening.exec(text)) {
    const isBlock = match[0] === "$[[";
    const end = isBlock ? endOfBlock(text, match.index, to) : endOf(text, "}}", match.index, to);
    if (end < 0) {
      const message = `${match[0]} is never closed: ${isBlock ? "]]" : "}}"} is missing.`;
      template.problems.push({ message, raw: match[0], start: match.index });
      // Without an end there is none for what follows either.
      return;
    }
    if (!isBlock) readExpression(template, match.index, end);
    else if (!blocksAllowed) {
      const message = "An optional block $[[ … ]] stands inside another one. Put them side by side.";
      template.problems.push({ message, raw: match[0], start: match.index });
    } else {
      const first = template.expressions.length;
      readSpan(template, match.index + 3, end - 2, false);
      template.blocks.push({ start: match.index, end, expressions: template.expressions.slice(first) });
    }
    opening.lastIndex = end;
  }
}

function readExpression(template: Template, start: number, end: number): void {
  const raw = template.text.slice(start, end);
  const path = raw.slice(3, -2).trim();
  const match = /^([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)*)$/.exec(path);
  if (match) {
    const [, root = "", rest = ""] = match;
    template.expressions.push({ raw, root, name: rest.slice(1), start, end });
    return;
  }
  template.problems.push({ message: describeProblem(raw, path), raw, start });
}

function describeProblem(raw: string, path: string): string {
  if (path === "") return `${raw} is empty. Name something, such as \${{inputs.data}}.`;
  const dashed = path.split(".").find((name) => /^[A-Za-z_]\w*(-[A-Za-z]\w*)+$/.test(name));
  if (dashed !== undefined)
    return `${raw} has a name with a dash. Write ${dashed.replaceAll("-", "_")}, here and where it is declared.`;
  return `${raw} is no path. Only names with dots between them stand in \${{ }}, no operators and no functions.`;
}

function endOf(text: string, closing: string, from: number, to: number): number {
  const at = text.indexOf(closing, from + 3);
  return at < 0 || at + 2 > to ? -1 : at + 2;
}

/** The first `]]` that is in no expression and in no inner block; an inner block is a fault, but is read to its end. */
function endOfBlock(text: string, from: number, to: number): number {
  let depth = 0;
  const mark = /\$\[\[|\]\]|\$\{\{[^}$]*\}\}/g;
  mark.lastIndex = from;
  for (let match = mark.exec(text); match && match.index < to; match = mark.exec(text)) {
    if (match[0] === "$[[") depth += 1;
    else if (match[0] === "]]") depth -= 1;
    if (depth === 0) return match.index + 2;
  }
  return -1;
}
