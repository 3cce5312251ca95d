import type * as Y from "yjs";
import { DocumentError } from "./errors.ts";
import { patchText, renameKeyInText } from "./patch-text.ts";
import { type ReadText, readText } from "./read-text.ts";
import { toWritten } from "./shape.ts";
import type { JsonMap } from "./types.ts";
import { documentMap, metaMap, readMap } from "./y-document.ts";

/** The last template of each document, read: parsing is what rendering costs. */
const readTemplates = new WeakMap<Y.Doc, ReadText>();

function templateOf(ydoc: Y.Doc): ReadText {
  const stored = metaMap(ydoc).get("template");
  const text = typeof stored === "string" ? stored : "";
  const known = readTemplates.get(ydoc);
  if (known?.text === text) return known;
  const read = tryRead(text);
  readTemplates.set(ydoc, read);
  return read;
}

/** A template comes from clients: one that is no YAML costs the comments, not the draft. */
function tryRead(text: string): ReadText {
  try {
    return readText(text);
  } catch (error) {
    if (error instanceof DocumentError) return { ...readText(""), text };
    throw error;
  }
}

/** The text of a document: its template, with what was changed since written into it. */
export function renderText(ydoc: Y.Doc): string {
  return renderDocument(readMap(documentMap(ydoc), []), templateOf(ydoc));
}

/** The edited form of a document as text that keeps the comments, order and quotes of a template. */
export function renderDocument(edited: JsonMap, template: ReadText): string {
  return patchText(template, toWritten(edited, template.value));
}

/** The template with a step or pipeline input renamed, so that its comments go along; the same where it has none. */
export function renameInTemplate(template: string, section: string, from: string, to: string): string {
  return renameKeyInText(readText(template), [section], from, to) ?? template;
}
