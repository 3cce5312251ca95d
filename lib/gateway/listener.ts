import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { isAppError, messageOf } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import type { Logger } from "#lib/core/logger.ts";
import { GatewayError, sendError } from "./errors.ts";
import { parseTarget, serveRequest } from "./serve-request.ts";
import type { Slots } from "./slots.ts";
import type { EndpointRoute } from "./table.ts";
import type { Telemetry } from "./telemetry.ts";
import type { WatchedTable } from "./watch-table.ts";

export interface GatewayParts {
  table: WatchedTable;
  slots: Slots;
  telemetry: Telemetry;
  logger: Logger;
}

/** Every request of the gateway's port. */
export function createListener(parts: GatewayParts): RequestListener {
  return (request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0];
    if (path === "/healthz") return sendJson(response, 200, { status: "alive" });
    if (path === "/readyz") return sendReadiness(parts.table, response);
    void handle(parts, request, response);
  };
}

async function handle(
  parts: GatewayParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const arrivedAt = performance.now();
  const given = request.headers["x-request-id"]?.toString() ?? "";
  const requestId = /^[\w.-]{1,64}$/.test(given) ? given : newId("req");
  response.setHeader("atelier-request-id", requestId);
  // Keys travel in a header, never in a cookie, so any page may call an endpoint whose key it was given.
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-expose-headers", "*");
  let served: { endpoint: EndpointRoute; deployment: string } | null = null;
  let status = 500;
  const target = parseTarget(request.url ?? "/");
  try {
    if (!target)
      throw new GatewayError(
        404,
        "There is nothing here. An endpoint's address is /e/<workspace>/<endpoint>/score.",
      );
    if (request.method === "OPTIONS") return allowOtherOrigins(response);
    if (parts.table.state().readAt === null) throw new GatewayError(503, "The gateway is starting.");
    status = await serveRequest(parts.table.current(), parts.slots, request, response, {
      target,
      requestId,
      arrivedAt,
      served: (endpoint, deployment) => {
        served = { endpoint, deployment };
      },
    });
  } catch (error) {
    const known = toGatewayError(error, requestId, parts.logger);
    status = known.status;
    // The rest of a body that nobody reads would hold up the next request on this connection.
    if (!request.complete) response.setHeader("connection", "close");
    sendError(response, known, requestId);
  } finally {
    const seen = served as { endpoint: EndpointRoute; deployment: string } | null;
    if (seen && target?.path === "/score") {
      parts.telemetry.record(seen.endpoint, seen.deployment, status, performance.now() - arrivedAt);
    }
  }
}

function toGatewayError(error: unknown, requestId: string, logger: Logger): GatewayError {
  if (error instanceof GatewayError) return error;
  if ((error as NodeJS.ErrnoException).code === "ECONNRESET")
    return new GatewayError(400, "The caller went away.");
  logger.error({ requestId, err: error }, isAppError(error) ? error.userMessage : messageOf(error));
  return new GatewayError(500, `Something broke on our side. Request ${requestId}.`);
}

function allowOtherOrigins(response: ServerResponse): void {
  response.writeHead(204, {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "authorization, content-type, azureml-model-deployment, x-request-id",
    "access-control-max-age": "86400",
  });
  response.end();
}

function sendReadiness(table: WatchedTable, response: ServerResponse): void {
  const { readAt, failure } = table.state();
  const ready = readAt !== null;
  sendJson(response, ready ? 200 : 503, {
    ready,
    parts: {
      routes: {
        ready,
        endpoints: table.current().size,
        ...(readAt === null ? {} : { ageMs: Date.now() - readAt }),
      },
      // Without the database the gateway goes on with the routes it has.
      database: { ready: failure === null, ...(failure === null ? {} : { reason: failure }) },
    },
  });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
