import { type Document, isMap, parseDocument } from "yaml";

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
  if (value === "") job.delete(key);
  else job.set(key, value);
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
    const { path, value: literal, type } = value as Record<string, unknown>;
    if (path === undefined) return { name, kind: "value", value: String(literal ?? ""), type: "" };
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

function writeSection(text: string, key: string, rows: [string, unknown][]): string {
  const job = parseDocument(text);
  if (rows.length === 0) job.delete(key);
  else job.set(key, job.createNode(Object.fromEntries(rows)));
  return job.toString({ lineWidth: 0 });
}

export function writeInputs(text: string, rows: readonly InputRow[]): string {
  return writeSection(
    text,
    "inputs",
    rows.map((row) => [
      row.name,
      row.kind === "value" ? scalar(row.value) : { type: row.type, path: row.value },
    ]),
  );
}

export function writeOutputs(text: string, rows: readonly OutputRow[]): string {
  return writeSection(
    text,
    "outputs",
    rows.map((row) => [row.name, { type: row.type, ...(row.asset ? { name: row.asset } : {}) }]),
  );
}

/** A name that no row has yet: `input`, `input_2`, … */
export function freeName(stem: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? stem : `${stem}_${n}`;
    if (!taken.includes(name)) return name;
  }
}
