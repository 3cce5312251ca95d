import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { RequestBody } from "./body.ts";

/** Headers that belong to one connection, not to the message (RFC 9110, 7.6.1). */
const ofTheConnection = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What a model has no use for: the key opens the endpoint, not the model. */
const ofTheGateway = new Set(["authorization", "cookie", "expect", "host", "content-length"]);

function withoutConnection(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !ofTheConnection.has(name) && !named.has(name)),
  );
}

export function requestHeaders(
  request: IncomingMessage,
  body: RequestBody,
  requestId: string,
): OutgoingHttpHeaders {
  const headers = withoutConnection(request.headers);
  for (const name of ofTheGateway) delete headers[name];
  headers["atelier-request-id"] = requestId;
  const length = request.headers["content-length"];
  if (body.kind === "held") headers["content-length"] = body.bytes.length;
  else if (length !== undefined) headers["content-length"] = length;
  return headers;
}

export interface Timings {
  /** From the arrival of the request to the head of the answer, in ms. */
  totalMs: number;
  /** In line for a free place. */
  waitedMs: number;
  /** Between the gateway's request to the instance and the head of its answer. */
  instanceMs: number;
}

/** `server-timing` says where the time went: in the gateway, in line, and what the instance says of itself. */
export function responseHeaders(answer: IncomingMessage, timings: Timings): OutgoingHttpHeaders {
  const headers = withoutConnection(answer.headers);
  const ownMs = Math.max(0, timings.totalMs - timings.waitedMs - timings.instanceMs);
  const parts = [
    `gateway;dur=${ownMs.toFixed(2)}`,
    `queue;dur=${timings.waitedMs.toFixed(2)}`,
    `instance;dur=${timings.instanceMs.toFixed(2)}`,
  ];
  const inner = answer.headers["server-timing"];
  headers["server-timing"] = [...parts, ...(inner ? [String(inner)] : [])].join(", ");
  return headers;
}
