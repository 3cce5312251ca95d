export interface ErrorText {
  /** What stopped: the first sentence. */
  what: string;
  /** Why, and what to do: the rest. */
  why?: string | undefined;
  /** All that is known, to copy. */
  details: string;
}

const offline = /failed to fetch|networkerror|load failed/i;
const ours = new Set(["INTERNAL", "INTERNAL_SERVER_ERROR"]);

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && key in value
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Splits after the first sentence; an abbreviation or a file name inside it does not end it. */
function split(message: string): { what: string; why?: string } {
  const end = /[.!?] (?=[A-Z0-9“"[])/.exec(message);
  return end === null
    ? { what: message }
    : { what: message.slice(0, end.index + 1), why: message.slice(end.index + 2) };
}

/** Words for anything that was thrown: the API's errors carry a sentence for people, the rest is a fault of ours. */
export function describeError(error: unknown): ErrorText {
  const code = textOf(fieldOf(error, "code"));
  const requestId = textOf(fieldOf(fieldOf(error, "data"), "requestId"));
  const message = textOf(fieldOf(error, "message")) ?? String(error);
  const details = [message, code && `Code ${code}`, requestId && `Request ${requestId}`]
    .filter(Boolean)
    .join("\n");
  if (code !== undefined && !ours.has(code)) return { ...split(message), details };
  if (offline.test(message)) {
    return { what: "The studio did not answer.", why: "Check the connection, then try again.", details };
  }
  return { what: "Something broke on our side.", why: requestId && `Request ${requestId}.`, details };
}

/** The same in one paragraph, for a notice or a field. */
export function explainError(error: unknown): string {
  const { what, why } = describeError(error);
  return [what, why].filter(Boolean).join(" ");
}
