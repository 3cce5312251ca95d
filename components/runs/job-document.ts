import { type Document, isMap, isScalar, parseDocument } from "yaml";

/** The form and the text of a new run are two views of one YAML document; comments and unknown keys stay. */
export type JobDocument = Document;

export interface InputRow {
  name: string;
  /** A literal, or what a job names data by. */
  kind: "value" | "data";
  value: string;
  type: string;
}

export interface OutputRow {
  name: string;
  type: string;
  /** The asset that the output becomes; empty for none. */
  asset: string;
}

export const emptyJob = `command: python train.py
environment: azureml://registries/azureml/environments/sklearn-1.5/labels/latest
compute: azureml:docker
`;

/** Null when the text is no YAML mapping. */
export function readJob(text: string): JobDocument | null {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  return document.contents === null || isMap(document.contents) ? document : null;
}

export function readText(job: JobDocument, key: string): string {
  const value: unknown = job.get(key);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** The text with one top-level key changed; an empty value takes the key out. */
export function writeText(text: string, key: string, value: string): string {
  const job = parseDocument(text);
  if (value === "") return job.has(key) ? takeOut(job, key) : text;
  job.set(key, value);
  return job.toString({ lineWidth: 0 });
}

/** A comment above a key that goes stays: it may speak of the whole file. */
function takeOut(job: JobDocument, key: string): string {
  const { contents } = job;
  const pairs = isMap(contents) ? contents.items : [];
  const index = pairs.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
  const gone = pairs[index]?.key;
  const next = pairs[index + 1]?.key;
  if (isScalar(gone) && gone.commentBefore && isScalar(next)) {
    next.commentBefore = [gone.commentBefore, next.commentBefore].filter(Boolean).join("\n");
  }
  job.delete(key);
  return job.toString({ lineWidth: 0 });
}

function entriesOf(job: JobDocument, key: string): [string, unknown][] {
  const section: unknown = (job.toJS() as Record<string, unknown> | null)?.[key];
  return typeof section === "object" && section !== null ? Object.entries(section) : [];
}

export function readInputs(job: JobDocument): InputRow[] {
  return entriesOf(job, "inputs").map(([name, value]) => {
    if (typeof value !== "object" || value === null)
      return { name, kind: "value", value: String(value ?? ""), type: "" };
    const { path, value: literal, default: fallback, type } = value as Record<string, unknown>;
    if (path === undefined)
      return { name, kind: "value", value: String(literal ?? fallback ?? ""), type: "" };
    return { name, kind: "data", value: String(path), type: String(type ?? "uri_folder") };
  });
}

export function readOutputs(job: JobDocument): OutputRow[] {
  return entriesOf(job, "outputs").map(([name, value]) => {
    const { type, name: asset } = (value ?? {}) as Record<string, unknown>;
    return { name, type: String(type ?? "uri_folder"), asset: asset === undefined ? "" : String(asset) };
  });
}

/** Numbers and truth values are written bare, so that they stay numbers and truth values. */
function scalar(text: string): string | number | boolean {
  if (/^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  return text;
}

type Section = "inputs" | "outputs";

/** Changes the document of a text; what is not touched stays as it was written. */
function edit(text: string, change: (job: JobDocument) => void): string {
  const job = parseDocument(text);
  change(job);
  return job.toString({ lineWidth: 0 });
}

function entryOf(job: JobDocument, section: Section, name: string): unknown {
  if (!isMap(job.get(section))) job.set(section, job.createNode({}));
  return job.getIn([section, name], true);
}

/** Gives an input this value; makes the input when there is none of that name. */
export function setInput(text: string, { name, kind, value, type }: InputRow): string {
  return edit(text, (job) => {
    const at = ["inputs", name];
    const entry = entryOf(job, "inputs", name);
    if (kind === "data") {
      if (!isMap(entry) || !entry.has("path")) return job.setIn(at, job.createNode({ type, path: value }));
      job.setIn([...at, "type"], type);
      return job.setIn([...at, "path"], value);
    }
    const inner = isMap(entry) && (entry.has("value") ? "value" : entry.has("default") ? "default" : null);
    job.setIn(inner ? [...at, inner] : at, scalar(value));
  });
}

/** Gives an output this type and the asset that it becomes; makes the output when there is none of that name. */
export function setOutput(text: string, { name, type, asset }: OutputRow): string {
  return edit(text, (job) => {
    const at = ["outputs", name];
    if (!isMap(entryOf(job, "outputs", name))) job.setIn(at, job.createNode({}));
    job.setIn([...at, "type"], type);
    if (asset) job.setIn([...at, "name"], asset);
    else job.deleteIn([...at, "name"]);
  });
}

/** Renames an input or output, in the command too. */
export function renameEntry(text: string, section: Section, from: string, to: string): string {
  return edit(text, (job) => {
    const entries = job.get(section);
    const pair = isMap(entries)
      ? entries.items.find(({ key }) => isScalar(key) && key.value === from)
      : undefined;
    if (pair && isScalar(pair.key)) pair.key.value = to;
    const command = job.get("command", true);
    if (isScalar(command) && typeof command.value === "string") {
      const mark = new RegExp(`(\\$\\{\\{\\s*${section}\\.)${from.replace(/\W/g, "\\$&")}(\\s*\\}\\})`, "g");
      command.value = command.value.replace(mark, (_, head: string, tail: string) => head + to + tail);
    }
  });
}

export function removeEntry(text: string, section: Section, name: string): string {
  return edit(text, (job) => {
    job.deleteIn([section, name]);
    const entries = job.get(section);
    if (isMap(entries) && entries.items.length === 0) job.delete(section);
  });
}

/** A name that no row has yet: `input`, `input_2`, … */
export function freeName(stem: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? stem : `${stem}_${n}`;
    if (!taken.includes(name)) return name;
  }
}
