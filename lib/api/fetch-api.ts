import { authenticate } from "#lib/auth/authenticate.ts";
import { assertSameOrigin } from "#lib/auth/same-origin.ts";
import { notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import type { Services } from "#lib/services/services.ts";
import type { ApiContext } from "./context.ts";
import { errorBody, toAppError } from "./errors.ts";
import { createFetchApiHandler } from "./handler.ts";
import { getOpenApiDocument } from "./openapi.ts";
import { createRawApp } from "./raw-route.ts";
import { rawRoutes } from "./raw-routes.ts";

const prefix = "/api/v1";

/**
 * The whole API for a server that speaks `Request` and `Response`: plain `next dev` and hosts without a server of one's
 * own. `lib/server` does the same faster for Node.
 */
export function createFetchApi(services: Services): (request: Request) => Promise<Response> {
  const operations = createFetchApiHandler(services.logger);
  const contexts = new WeakMap<Request, ApiContext>();
  const raw = createRawApp(rawRoutes, async (request) => {
    const context = contexts.get(request);
    if (!context) throw new Error("a raw route was reached without its context");
    return context;
  });

  async function respond(request: Request, requestId: string): Promise<Response> {
    const path = new URL(request.url).pathname;
    if (path === `${prefix}/openapi.json`) return Response.json(await getOpenApiDocument());
    const header = (name: string) => request.headers.get(name) ?? undefined;
    const credentials = { authorization: header("authorization"), cookie: header("cookie") };
    const principal = await authenticate(services.db, credentials, services.sessionSecret);
    assertSameOrigin({ method: request.method, header }, principal, services.env.url);
    const remoteAddress = header("x-forwarded-for") ?? "";
    const context: ApiContext = { services, principal, requestId, remoteAddress };
    const [matches] = raw.router.match(request.method === "HEAD" ? "GET" : request.method, path);
    if (matches.length > 0) {
      contexts.set(request, context);
      return raw.fetch(request);
    }
    const { matched, response } = await operations.handle(request, { prefix, context });
    if (!matched) throw notFound(`${request.method} ${path}`);
    return response;
  }

  return async (request) => {
    const requestId = newId("req");
    const response = await respond(request, requestId).catch((error: unknown) => {
      const known = toAppError(error, requestId, services.logger);
      return Response.json(errorBody(known, requestId), { status: known.status });
    });
    const headers = new Headers(response.headers);
    headers.set("x-request-id", requestId);
    return new Response(response.body, { status: response.status, headers });
  };
}
