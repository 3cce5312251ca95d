import type { InvokeResult } from "#lib/endpoints/model.ts";

/** What a reply says, for people. */
export interface ReadReply {
  /** The first prediction, when there is one value. */
  label: string | null;
  /** How sure a classifier is of each class, for the first row. */
  probabilities: { name: string; value: number }[];
  /** What went wrong, in the words of whoever answered. */
  error: string | null;
  /** The column that was at fault, where the answer names one. */
  faultyField: string | null;
  /** The reply, indented when it is JSON. */
  pretty: string;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `positive`: the class whose chance a pipeline tells. */
export function readReply(
  { status, body }: Pick<InvokeResult, "status" | "body">,
  positive = "positive",
): ReadReply {
  const value = parse(body);
  const pretty = value === undefined ? body : JSON.stringify(value, null, 2);
  const map =
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  if (status >= 400) {
    const message = typeof map.message === "string" ? map.message : body || `Status ${status}`;
    return { label: null, probabilities: [], error: message, faultyField: readFaultyField(map), pretty };
  }
  const predictions = Array.isArray(value) ? value : Array.isArray(map.predictions) ? map.predictions : [];
  const first: unknown = predictions[0];
  if (isRow(first)) return { ...readScoredRow(first, positive), error: null, faultyField: null, pretty };
  const plain = ["string", "number", "boolean"].includes(typeof first) ? String(first) : null;
  const row: unknown = Array.isArray(map.probabilities) ? map.probabilities[0] : undefined;
  const classes = Array.isArray(map.classes) ? map.classes : [];
  const probabilities = Array.isArray(row)
    ? row.flatMap((item: unknown, i) =>
        typeof item === "number" ? [{ name: String(classes[i] ?? i), value: item }] : [],
      )
    : [];
  return { label: plain, probabilities, error: null, faultyField: null, pretty };
}

function readFaultyField({ data }: Record<string, unknown>): string | null {
  const issues = isRow(data) && Array.isArray(data.issues) ? data.issues : [];
  const first: unknown = issues[0];
  return isRow(first) && typeof first.path === "string" ? first.path : null;
}

function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const scoredLabels = ["Scored Labels", "Assignments"];
/** Of one class of several: `Scored Probabilities_a`. */
const ofClass = /^Scored Probabilities_(.+)$/;

/** The answer of a pipeline: the columns of the row with those that scoring added. */
function readScoredRow(
  row: Record<string, unknown>,
  positive: string,
): Pick<ReadReply, "label" | "probabilities"> {
  const named = scoredLabels.find((name) => row[name] !== undefined && row[name] !== null);
  const label = named === undefined ? null : String(row[named]);
  const classes = Object.entries(row).flatMap(([column, value]) => {
    const name = ofClass.exec(column)?.[1];
    return name !== undefined && typeof value === "number" ? [{ name, value }] : [];
  });
  const single = row["Scored Probabilities"];
  // Of two classes only the chance of the positive one is told.
  const one = typeof single === "number" ? [{ name: positive, value: single }] : [];
  return { label, probabilities: label === null ? [] : classes.length > 0 ? classes : one };
}

export interface TimePart {
  name: string;
  ms: number;
}

/**
 * Where the time went, without overlaps: `instance` is what the gateway waited for, of which the model's server tells its
 * parts; what is left of it, and of the gateway's own, is the way between them.
 */
export function timeParts({ timings }: Pick<InvokeResult, "timings">): TimePart[] {
  const of = (name: string) => timings.find((part) => part.name === name)?.ms ?? 0;
  const inner = of("read") + of("model") + of("write");
  const parts = [
    { name: "gateway", ms: of("gateway") + Math.max(0, of("instance") - inner) },
    { name: "in line", ms: of("queue") },
    { name: "read inputs", ms: of("read") },
    { name: "model", ms: of("model") },
    { name: "write", ms: of("write") },
  ];
  return parts.filter(({ ms }) => ms >= 0.05);
}
