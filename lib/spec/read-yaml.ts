import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  type YAMLParseError,
} from "yaml";
import { AppError, type Issue } from "#lib/core/errors.ts";
import { formatPath, isMapping, type SpecPath } from "./paths.ts";
import type { SourceFile, Spot } from "./spots.ts";
import { keepText, type Written } from "./written.ts";

export const maxSpecBytes = 256 * 1024;
const maxDepth = 64;
const maxNodes = 50_000;

export interface YamlText {
  /** Mappings, lists, text, numbers, booleans, null, and `Written`. An empty file is an empty mapping. */
  value: unknown;
  /** Where each value stands, by `spotKey`. */
  spots: Map<string, Spot>;
  warnings: Issue[];
}

/**
 * Reads one YAML 1.2 document, with the merge keys and the yes/no booleans of YAML 1.1, and keeps every position.
 * Throws `VALIDATION_FAILED` with a line for what is no YAML, too large, too deep, or grows by its aliases.
 */
export function readYaml(text: string, fileName: string): YamlText {
  if (text.length > maxSpecBytes) {
    const kib = maxSpecBytes / 1024;
    throw yamlError(
      fileName,
      `${fileName} is larger than ${kib} KiB. A job file names its data; it does not hold it.`,
    );
  }
  const lines = new LineCounter();
  const document = parse(text, fileName, lines);
  const problem = document.errors[0];
  if (problem) {
    const location = `${fileName}:${lines.linePos(problem.pos[0]).line}`;
    throw yamlError(location, templateHint(text, fileName) ?? explain(problem, lineAt(text, problem.pos[0])));
  }
  const source: SourceFile = { file: fileName, text, lines };
  const reader = new Reader(source, document);
  return { value: reader.read(), spots: reader.spots, warnings: reader.warnings };
}

function parse(text: string, fileName: string, lines: LineCounter): Document.Parsed {
  try {
    // Two services of the library take minutes on hostile text: comparing every key of a mapping with every other,
    // and writing an excerpt for every error. `mapping` below finds doubled keys, and one line number is enough.
    return parseDocument(text, {
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      version: "1.2",
      logLevel: "error",
    });
  } catch (error) {
    // The parser recurses, so brackets by the thousand end its stack.
    if (error instanceof RangeError) throw yamlError(`${fileName}:1`, "The document is nested too deeply.");
    throw error;
  }
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return text
    .slice(start, end < 0 ? text.length : end)
    .slice(0, 200)
    .trim();
}

/** What is wrong in words for people, for the mistakes that are common; `line` is where it was noticed. */
function explain({ code, message }: YAMLParseError, line: string): string {
  if (code === "MULTIPLE_DOCS")
    return "The file holds more than one document. Keep one, without a second ---.";
  if (/^tabs are/i.test(message)) return "A tab stands at the start of the line. Indent with spaces.";
  if (/[{[,].*\$\{\{/.test(line) && code === "UNEXPECTED_TOKEN")
    return 'Inside of { } and [ ] an expression stands in quotes: "${{…}}".';
  if (/^implicit (map )?keys? need/i.test(message))
    return `“${line.slice(0, 80)}” is no key with a value. Is a colon missing?`;
  const open = /^flow (map|sequence).* end with a (.)/i.exec(message);
  if (open) return `A ${open[2] === "}" ? "{" : "["} above is not closed: ${open[2]} is missing.`;
  if (/call stack/i.test(message)) return "The document is nested too deeply.";
  return `Not readable as YAML: ${(message.split("\n")[0] ?? message).slice(0, 200)}.`;
}

class Reader {
  readonly spots = new Map<string, Spot>();
  readonly warnings: Issue[] = [];
  private readonly source: SourceFile;
  private readonly document: Document.Parsed;
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private nodes = 0;

  constructor(source: SourceFile, document: Document.Parsed) {
    this.source = source;
    this.document = document;
  }

  read(): unknown {
    const root = this.document.contents;
    if (root === null) return {};
    this.mark([], root, root);
    const value = this.convert(root, []);
    const tag = this.document.warnings[0];
    if (tag) this.fail(tag.pos[0], "", `${tag.message.slice(0, 200)}. Only plain YAML is read.`);
    return value ?? {};
  }

  private convert(given: unknown, path: SpecPath): unknown {
    const node = this.deref(given, path);
    if (node === null) return null;
    const start = node.range?.[0] ?? 0;
    this.nodes += 1;
    if (this.nodes > maxNodes) {
      this.fail(
        start,
        formatPath(path),
        `The document has more than ${maxNodes.toLocaleString("en")} values.`,
      );
    }
    if (path.length > maxDepth) this.fail(start, formatPath(path), "The document is nested too deeply.");
    if (isScalar(node)) return this.scalar(node, path);
    this.open.add(node);
    const value = isMap(node)
      ? this.mapping(node.items, path)
      : isSeq(node)
        ? this.list(node.items, path)
        : null;
    this.open.delete(node);
    return value;
  }

  /** Follows an alias to the last anchor of that name before it. */
  private deref(given: unknown, path: SpecPath): Node | null {
    let node = given;
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      const start = node.range?.[0] ?? 0;
      if (!target) this.fail(start, formatPath(path), `There is no anchor &${node.source} above this alias.`);
      if (this.open.has(target))
        this.fail(start, formatPath(path), `The alias *${node.source} contains itself.`);
      node = target;
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    return node;
  }

  private list(items: unknown[], path: SpecPath): unknown[] {
    return items.map((item, index) => {
      const at = [...path, index];
      if (isNodeLike(item)) this.mark(at, item, item);
      return this.convert(item, at);
    });
  }

  private mapping(pairs: Pair[], path: SpecPath): Record<string, unknown> {
    const own: Record<string, unknown> = {};
    const merged: Record<string, unknown> = {};
    for (const pair of pairs) {
      const key = this.key(pair.key, path);
      if (key === "<<") {
        this.merge(pair, path, merged);
        continue;
      }
      const at = [...path, key];
      const keyNode = isNodeLike(pair.key) ? pair.key : null;
      if (Object.hasOwn(own, key)) {
        this.fail(
          keyNode?.range?.[0] ?? 0,
          formatPath(at),
          `The key “${key}” stands here a second time. Keep one.`,
        );
      }
      const valueNode = isNodeLike(pair.value) ? pair.value : keyNode;
      if (keyNode && valueNode) this.mark(at, keyNode, valueNode);
      own[key] = this.convert(pair.value, at);
    }
    return { ...merged, ...own };
  }

  /** `<<: *base` or `<<: [*a, *b]`: keys of the mapping itself win, then those of the earlier base. */
  private merge(pair: Pair, path: SpecPath, into: Record<string, unknown>): void {
    const value = this.convert(pair.value, path);
    for (const base of Array.isArray(value) ? value : [value]) {
      if (!isMapping(base)) {
        const start = isNodeLike(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
        this.fail(start, formatPath(path), "<< takes a mapping or a list of mappings.");
      }
      for (const [key, item] of Object.entries(base)) if (!Object.hasOwn(into, key)) into[key] = item;
    }
  }

  private key(given: unknown, path: SpecPath): string {
    const node = this.deref(given, path);
    const start = node?.range?.[0] ?? 0;
    if (node !== null && !isScalar(node)) {
      const hint = templateHint(this.source.text, this.source.file);
      this.fail(start, formatPath(path), hint ?? "A key must be text, not a list or a mapping.");
    }
    const key = node === null ? "" : node.type === Scalar.PLAIN ? (node.source ?? "") : String(node.value);
    if (key === "__proto__") this.fail(start, formatPath(path), "The key __proto__ is not allowed.");
    return key;
  }

  private scalar(node: Scalar, path: SpecPath): string | number | boolean | null | Written {
    const { value } = node;
    const text = node.source ?? String(value);
    if (typeof value === "number" || typeof value === "boolean") return keepText(value, text);
    if (typeof value !== "string") return null;
    if (node.type !== Scalar.PLAIN || node.tag !== undefined || !/^(yes|no|on|off)$/i.test(value))
      return value;
    const bool = /^(yes|on)$/i.test(value);
    this.warnings.push({
      path: formatPath(path),
      message: `${value} counts as ${bool}, as in YAML 1.1. Write ${bool}, or "${value}" in quotes for text.`,
      value,
      location: this.locationOf(node.range?.[0] ?? 0),
    });
    return keepText(bool, text);
  }

  private mark(path: SpecPath, at: Node, value: Node): void {
    const start = at.range?.[0] ?? 0;
    const { line, col } = this.source.lines.linePos(start);
    const [valueStart = start, , valueEnd = start] = value.range ?? [];
    this.spots.set(JSON.stringify(path), { source: this.source, line, column: col, valueStart, valueEnd });
  }

  private locationOf(offset: number): string {
    return `${this.source.file}:${this.source.lines.linePos(offset).line}`;
  }

  private fail(offset: number, path: string, message: string): never {
    throw yamlError(this.locationOf(offset), message, path);
  }
}

function isNodeLike(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

/** Files with `{{NAME}}` in them are filled by a script before use; the YAML error alone would not say so. */
function templateHint(text: string, fileName: string): string | undefined {
  const match = /(?<!\$)\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/.exec(text);
  if (!match) return undefined;
  const line = text.slice(0, match.index).split("\n").length;
  return `${fileName} is a template: ${match[0]} in line ${line} has to be replaced by a value first.`;
}

function yamlError(location: string, message: string, path = ""): AppError {
  return new AppError("VALIDATION_FAILED", {
    userMessage: `${location}: ${message}`,
    issues: [{ path, message, location }],
  });
}
