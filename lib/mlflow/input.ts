import type { Context } from "hono";
import { z } from "zod";
import { AppError, invalid } from "#lib/core/errors.ts";

const hint = "See the API docs for more information about request parameters.";

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** In the protocol a null is a field that was not given. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(entries.map(([key, field]) => [key, withoutNulls(field)]));
}

function readQuery(url: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const [key, value] of new URL(url).searchParams) {
    const before = query[key];
    query[key] = before === undefined ? value : [before, value].flat();
  }
  return query;
}

/** The largest JSON body, in bytes. */
const maxBodyBytes = 20 * 1024 * 1024;

async function readBody(http: Context): Promise<unknown> {
  if (Number(http.req.header("content-length") ?? 0) > maxBodyBytes) {
    throw new AppError("PAYLOAD_TOO_LARGE", { userMessage: "The request is larger than 20 MiB." });
  }
  const body = await http.req.text();
  if (body.trim() === "") return {};
  try {
    const parsed: unknown = JSON.parse(body);
    // Old clients send a text that holds the JSON.
    const value: unknown = typeof parsed === "string" ? JSON.parse(parsed) : parsed;
    // Most requests hold no null, and a batch of a thousand points is not worth a copy.
    return body.includes("null") ? withoutNulls(value) : value;
  } catch {
    throw invalid("", "Bad Request. The body is not valid JSON.");
  }
}

/** Browsers cannot send this type across sites without asking first, which keeps forged requests out. */
function checkContentType(http: Context): void {
  const type = (http.req.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw invalid("", `Bad Request. Content-Type must be one of ['application/json'], got '${type}'.`);
  }
}

/** What the caller sent: the query of a GET, the JSON of anything else, with the parameters of the path. */
export async function readInput(http: Context): Promise<Record<string, unknown>> {
  const { method } = http.req;
  if (method === "POST" || method === "PUT") checkContentType(http);
  const sent = method === "GET" ? readQuery(http.req.url) : await readBody(http);
  if (!isRecord(sent)) throw invalid("", "Bad Request. The body must be a JSON object.");
  return { ...sent, ...http.req.param() };
}

function dotted(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : `${text}${text ? "." : ""}${String(part)}`,
    "",
  );
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value) && typeof part === "number") return value[part];
    return isRecord(value) ? value[String(part)] : undefined;
  }, input);
}

/** Checks the input against the route's fields. The texts are those that clients look for. */
export function parseInput<T extends z.ZodType>(schema: T, input: Record<string, unknown>): z.output<T> {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue?.path ?? [];
  const name = dotted(path);
  const value = valueAt(input, path);
  const message =
    value === undefined || value === ""
      ? `Missing value for required parameter '${name}'. ${hint}`
      : `Invalid value ${JSON.stringify(value)} for parameter '${name}' supplied: ${issue?.message ?? "not valid"}. ${hint}`;
  throw new AppError("VALIDATION_FAILED", {
    userMessage: message,
    issues: [{ path: name, message: issue?.message ?? "" }],
  });
}
