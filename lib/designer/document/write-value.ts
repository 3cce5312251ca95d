import { Document, isScalar, parse, visit } from "yaml";
import type { Json } from "./types.ts";

const flowWidth = 90;

/** Lists of plain values stand on one line, as people write positions and names. */
function setStyle(document: Document): void {
  visit(document, {
    Seq(_, seq) {
      const plain = seq.items.every((item) => isScalar(item) && !String(item.value).includes("\n"));
      if (plain && JSON.stringify(seq.toJSON()).length <= flowWidth) seq.flow = true;
    },
  });
}

/** `yes`, `on` and the like are quoted, since other readers take them for booleans. */
const documentOptions = { version: "1.2", compat: "yaml-1.1", aliasDuplicateObjects: false } as const;
const textOptions = { indent: 2, lineWidth: 0, minContentWidth: 0, flowCollectionPadding: false } as const;

/** `key: value` in block style without a line end at its end, each line after the first indented. */
export function writePair(key: string, value: Json, indent: number): string {
  const document = new Document({ [key]: value }, documentOptions);
  setStyle(document);
  return indentLines(document.toString(textOptions).replace(/\n$/, ""), indent);
}

/** A whole document. */
export function writeText(value: Json): string {
  const document = new Document(value, documentOptions);
  setStyle(document);
  return document.toString(textOptions);
}

/** A value of one line, for behind a key or inside of `{…}` and `[…]`. */
export function writeInline(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(writeInline).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value).map(([key, item]) => `${writeInline(key)}: ${writeInline(item)}`);
    return `{${pairs.join(", ")}}`;
  }
  if (typeof value !== "string") {
    return typeof value === "number" ? new Document(value).toString().trim() : String(value);
  }
  return isPlain(value) ? value : JSON.stringify(value);
}

/** Whether text can stand without quotes anywhere, and every reader takes it for text. */
function isPlain(text: string): boolean {
  if (!/^[A-Za-z_][\w./@ -]*$/.test(text) || text.endsWith(" ")) return false;
  return parse(text, { version: "1.1" }) === text && parse(text) === text;
}

/** Whether a value can stand behind its key in block style without changing its look there. */
export function isOneLine(value: Json): boolean {
  if (Array.isArray(value)) return writeInline(value).length <= flowWidth && value.every(isScalarLine);
  return isScalarLine(value);
}

function isScalarLine(value: Json): boolean {
  if (typeof value === "string") return !value.includes("\n");
  return typeof value !== "object" || value === null;
}

/** The text behind `key: ` for a value of one line. */
export function writeBehindKey(value: Json): string {
  return writePair("k", value, 0).slice("k: ".length);
}

export function indentLines(text: string, indent: number): string {
  const space = " ".repeat(indent);
  return text
    .split("\n")
    .map((line, index) => (index === 0 || line === "" ? line : space + line))
    .join("\n");
}
