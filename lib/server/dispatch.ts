import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { ApiContext } from "#lib/api/context.ts";
import { errorBody, toAppError } from "#lib/api/errors.ts";
import { createApiHandler } from "#lib/api/handler.ts";
import { getOpenApiDocument } from "#lib/api/openapi.ts";
import { createRawApp } from "#lib/api/raw-route.ts";
import { rawRoutes } from "#lib/api/raw-routes.ts";
import { authenticate } from "#lib/auth/authenticate.ts";
import { assertSameOrigin } from "#lib/auth/same-origin.ts";
import { notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import { createMlflowApp } from "#lib/mlflow/app.ts";
import { createPipelineEndpointsApp } from "#lib/pipeline-endpoints/app.ts";
import type { Services } from "#lib/services/services.ts";
import { readHealth } from "./health.ts";

const apiPrefix = "/api/v1";

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

/**
 * Sends each request to the part that owns its path: health, API (bytes first, then operations), MLflow, and Next for all
 * the rest.
 */
export function createDispatcher(services: Services, pages: RequestListener): RequestListener {
  const api = createApiHandler(services.logger);
  const contexts = new WeakMap<Request, ApiContext>();
  const raw = createRawApp(rawRoutes, async (request) => {
    const context = contexts.get(request);
    if (!context) throw new Error("a raw route was reached without its context");
    return context;
  });
  const mlflow = getRequestListener(createMlflowApp(services).fetch, { overrideGlobalObjects: false });
  const published = getRequestListener(createPipelineEndpointsApp(services).fetch, {
    overrideGlobalObjects: false,
  });

  async function handleApi(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const requestId = newId("req");
    response.setHeader("x-request-id", requestId);
    try {
      if (path === `${apiPrefix}/openapi.json`) return sendJson(response, 200, await getOpenApiDocument());
      const { authorization, cookie } = request.headers;
      const principal = await authenticate(services.db, { authorization, cookie }, services.sessionSecret);
      const head = {
        method: request.method ?? "GET",
        header: (name: string) => request.headers[name]?.toString(),
      };
      assertSameOrigin(head, principal, services.env.url);
      const remoteAddress = request.socket.remoteAddress ?? "";
      const context: ApiContext = { services, principal, requestId, remoteAddress };
      if (isRaw(request.method ?? "GET", path)) return await serveRaw(request, response, context);
      const { matched } = await api.handle(request, response, { prefix: apiPrefix, context });
      if (!matched) throw notFound(`${request.method} ${path}`);
    } catch (error) {
      const known = toAppError(error, requestId, services.logger);
      if (response.headersSent) response.destroy();
      else sendJson(response, known.status, errorBody(known, requestId));
    }
  }

  function isRaw(method: string, path: string): boolean {
    const [matches] = raw.router.match(method === "HEAD" ? "GET" : method, path);
    return matches.length > 0;
  }

  function serveRaw(request: IncomingMessage, response: ServerResponse, context: ApiContext): Promise<void> {
    const listener = getRequestListener(
      async (fetchRequest) => {
        contexts.set(fetchRequest, context);
        return raw.fetch(fetchRequest);
      },
      { overrideGlobalObjects: false },
    );
    return Promise.resolve(listener(request, response));
  }

  return (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (path === "/healthz") return sendJson(response, 200, { status: "alive" });
    if (path === "/readyz") {
      readHealth(services).then((parts) => {
        const ready = Object.values(parts).every((part) => part.ready);
        sendJson(response, ready ? 200 : 503, { ready, parts });
      });
      return;
    }
    if (path.startsWith(`${apiPrefix}/`)) {
      void handleApi(request, response, path);
      return;
    }
    if (path === "/mlflow" || path.startsWith("/mlflow/")) {
      void mlflow(request, response);
      return;
    }
    if (path.startsWith("/pipelines/")) {
      void published(request, response);
      return;
    }
    pages(request, response);
  };
}
