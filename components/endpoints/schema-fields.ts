/** What the Test tab makes of the OpenAPI document of a model. */

export type FieldKind = "integer" | "number" | "boolean" | "datetime" | "text";

export interface SchemaField {
  name: string;
  kind: FieldKind;
  required: boolean;
  /** Those that the model knows; others are taken as well. */
  values?: string[];
}

/** How the two classes of an answer are told apart. */
export interface ScoreWords {
  positive: string;
  threshold: number;
}

export interface InputSchema {
  /** Null where the input is no table of plain values: then only JSON can be sent. */
  fields: SchemaField[] | null;
  /** A body that the model takes. */
  example: unknown;
  /** It can say how sure it is. */
  classes: string[] | null;
  scores: ScoreWords | null;
}

type Json = Record<string, unknown>;

function at(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Json)[key];
  }
  return here;
}

function kindOf(schema: unknown): FieldKind | null {
  switch (at(schema, "type")) {
    case "integer":
      return "integer";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "string":
      return at(schema, "format") === "date-time"
        ? "datetime"
        : at(schema, "format") === "byte"
          ? null
          : "text";
    default:
      return null;
  }
}

const post = ["paths", "/score", "post", "requestBody", "content", "application/json"];

/** The model's own order: the database does not keep that of the properties. */
function columnOrder(openapi: unknown): unknown[] {
  const forms = at(openapi, ...post, "schema", "properties", "input_data", "oneOf");
  const split: unknown = Array.isArray(forms) ? forms[0] : undefined;
  const names = at(split, "properties", "columns", "items", "enum");
  return Array.isArray(names) ? names : [];
}

/** The example with its columns before its rows, as people write it. */
function inOrder(example: unknown): unknown {
  const data = at(example, "input_data");
  const [columns, rows] = [at(data, "columns"), at(data, "data")];
  if (!columns || !rows) return example;
  return { ...(example as Json), input_data: { columns, data: rows } };
}

export function readInputSchema(openapi: unknown): InputSchema {
  const row = at(openapi, "components", "schemas", "Row");
  const properties = at(row, "properties");
  const required = at(row, "required");
  const classes = at(openapi, "x-classes");
  const names = typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
  const order = columnOrder(openapi);
  names.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const fields = names.flatMap((name): SchemaField[] => {
    const kind = kindOf(at(properties, name));
    if (!kind) return [];
    const values = at(properties, name, "x-values");
    return [
      {
        name,
        kind,
        required: Array.isArray(required) && required.includes(name),
        ...(Array.isArray(values) ? { values: values.map(String) } : {}),
      },
    ];
  });
  return {
    fields: names.length > 0 && fields.length === names.length ? fields : null,
    example: inOrder(at(openapi, ...post, "example")),
    classes: Array.isArray(classes) ? classes.map(String) : null,
    scores: readScores(openapi),
  };
}

function readScores(openapi: unknown): ScoreWords | null {
  const positive = at(openapi, "x-scores", "positive");
  const threshold = at(openapi, "x-scores", "threshold");
  return typeof positive === "string" && typeof threshold === "number" ? { positive, threshold } : null;
}

/** What the form shows at first: the row of the example. */
export function exampleValues({ fields, example }: InputSchema): Record<string, string> {
  const columns = at(example, "input_data", "columns");
  const rows = at(example, "input_data", "data");
  const first: unknown = Array.isArray(rows) ? rows[0] : undefined;
  const values: Record<string, string> = {};
  for (const { name } of fields ?? []) {
    const index = Array.isArray(columns) ? columns.indexOf(name) : -1;
    const value: unknown = Array.isArray(first) ? first[index] : undefined;
    values[name] = value === undefined || value === null ? "" : String(value);
  }
  return values;
}

export interface ReadForm {
  body: string;
  /** What to enter, by field. */
  faults: Record<string, string>;
}

/** The body for what was typed, or what is wrong with it. An empty optional field is left out. */
export function readForm(fields: readonly SchemaField[], values: Record<string, string>): ReadForm {
  const faults: Record<string, string> = {};
  const columns: string[] = [];
  const row: unknown[] = [];
  for (const { name, kind, required } of fields) {
    const typed = (values[name] ?? "").trim();
    if (typed === "" && kind !== "text") {
      if (!required) continue;
      if (kind !== "number") {
        faults[name] = "Needs a value";
        continue;
      }
    }
    const value = parse(kind, typed);
    if (value === undefined) faults[name] = kind === "integer" ? "Needs a whole number" : "Needs a number";
    columns.push(name);
    row.push(value ?? null);
  }
  return { body: JSON.stringify({ input_data: { columns, data: [row] } }, null, 2), faults };
}

function parse(kind: FieldKind, typed: string): unknown {
  if (kind === "text" || kind === "datetime") return typed;
  if (kind === "boolean") return typed === "true";
  if (typed === "") return null;
  const number = Number(typed.replace("−", "-"));
  if (!Number.isFinite(number) || (kind === "integer" && !Number.isInteger(number))) return undefined;
  return number;
}
