import type { ServerResponse } from "node:http";

const codes = {
  400: "BAD_REQUEST",
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "BAD_REQUEST",
  408: "TIMEOUT",
  413: "PAYLOAD_TOO_LARGE",
  429: "TOO_MANY_REQUESTS",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "TIMEOUT",
  500: "INTERNAL",
} as const;

export type GatewayStatus = keyof typeof codes;

/** A request that the gateway itself answers, with the status that Azure's endpoints use for it. */
export class GatewayError extends Error {
  readonly status: GatewayStatus;
  constructor(status: GatewayStatus, message: string) {
    super(message);
    this.status = status;
  }
}

/** The same JSON as the studio's API answers with. */
export function sendError(response: ServerResponse, error: GatewayError, requestId: string): void {
  if (response.headersSent) {
    // Half of an answer is out: only a broken connection tells the caller that it is not whole.
    response.destroy();
    return;
  }
  const { status, message } = error;
  const again = status === 429 || status === 503 ? { "retry-after": "1" } : {};
  const body = JSON.stringify({
    code: codes[status],
    status,
    message,
    data: { issues: [], details: {}, requestId },
  });
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...again,
  });
  response.end(body);
}
