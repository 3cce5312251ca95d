import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { DocumentError } from "./errors.ts";
import type { JsonMap } from "./types.ts";
import { isMap as isMapping } from "./values.ts";

export interface ReadText {
  text: string;
  value: JsonMap;
  document: Document.Parsed;
}

const maxDepth = 64;

/** Reads text as one YAML mapping. Throws `DocumentError` with line and column. */
export function readText(text: string): ReadText {
  const lines = new LineCounter();
  const fail = (message: string, offset: number): never => {
    const { line, col } = lines.linePos(offset);
    throw new DocumentError(`Line ${line}: ${message}`, { line, column: col });
  };
  let document: Document.Parsed;
  try {
    // The library compares every key with every other; `check` finds doubled ones in one pass.
    document = parseDocument(text, {
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      merge: true,
      version: "1.2",
      logLevel: "error",
    });
  } catch (error) {
    if (error instanceof RangeError) return fail("The document is nested too deeply.", 0);
    throw error;
  }
  const problem = document.errors[0];
  if (problem) {
    const several = problem.code === "MULTIPLE_DOCS";
    const sentence = several ? "The text holds a second document." : `${problem.message.split("\n")[0]}.`;
    return fail(sentence.replace(/\.\.$/, "."), problem.pos[0]);
  }
  const root = document.contents as Node | null;
  if (root === null) return { text, value: {}, document };
  if (!isMap(root)) return fail("A pipeline is a mapping of keys to values.", root.range?.[0] ?? 0);
  check(root, 0, fail);
  const value: unknown = toPlain(document, fail);
  return { text, value: isMapping(value) ? value : {}, document };
}

type Fail = (message: string, offset: number) => never;

function check(node: unknown, depth: number, fail: Fail): void {
  const at = (part: unknown) => (part as Node | null)?.range?.[0] ?? 0;
  if (depth > maxDepth) fail("The document is nested too deeply.", at(node));
  if (isSeq(node)) for (const item of node.items) check(item, depth + 1, fail);
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) {
      if (!isAlias(key)) fail("A key must be plain text.", at(key));
      continue;
    }
    const name = String(key.value);
    if (seen.has(name)) fail(`The key “${name}” is there twice.`, at(key));
    seen.add(name);
    check(value, depth + 1, fail);
  }
}

function toPlain(document: Document.Parsed, fail: Fail): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error), 0);
  }
}
