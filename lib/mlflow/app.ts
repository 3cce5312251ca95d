import { type Context, Hono } from "hono";
import { authenticate } from "#lib/auth/authenticate.ts";
import { authorize } from "#lib/auth/authorize.ts";
import { assertSameOrigin } from "#lib/auth/same-origin.ts";
import { notFound } from "#lib/core/errors.ts";
import { newId } from "#lib/core/ids.ts";
import type { Services } from "#lib/services/services.ts";
import { readAddress } from "./address.ts";
import { endpointNotFound, errorResponse } from "./errors.ts";
import { linkPage } from "./link-page.ts";
import type { MlflowRoute } from "./route.ts";
import { mlflowRoutes } from "./routes.ts";

/**
 * The version of the protocol, as clients ask for it. From 3.4 on they would send traces, which the studio does not
 * keep.
 */
const protocolVersion = "3.3.2";

/** The workspace of a client that names none, as in the protocol. */
const defaultWorkspace = "default";

async function serve(services: Services, route: MlflowRoute, http: Context): Promise<Response> {
  const { authorization, cookie } = http.req.header();
  const principal = await authenticate(services.db, { authorization, cookie }, services.sessionSecret);
  const head = { method: http.req.method, header: (name: string) => http.req.header(name) };
  assertSameOrigin(head, principal, services.env.url);
  const named = readAddress(http.req.url).workspace;
  const workspaceName = named ?? http.req.header("x-mlflow-workspace") ?? defaultWorkspace;
  const allowed = await authorize(services.db, principal, route.access, workspaceName);
  if (!allowed.principal || !allowed.workspace) throw notFound(`Workspace “${workspaceName}”`);
  return route.handle({
    services,
    principal: allowed.principal,
    workspace: allowed.workspace,
    byHeader: named === undefined,
    http,
  });
}

/**
 * The MLflow wire protocol, mounted at `/mlflow/<workspace>`, and at `/mlflow` for clients that name the workspace in a
 * header. Every route of the table is authorised here; health, version and the page that follows MLflow's links say
 * nothing of a workspace and are open.
 */
export function createMlflowApp(services: Services): Hono {
  const app = new Hono({ getPath: (request: Request) => readAddress(request.url).path });
  app.get("/health", (http) => http.text("OK"));
  app.get("/version", (http) => http.text(protocolVersion));
  app.get("/", linkPage);
  for (const route of mlflowRoutes) {
    app.on(route.method, route.path, (http) => serve(services, route, http));
  }
  app.notFound((http) => {
    const error = endpointNotFound(`${http.req.method} ${new URL(http.req.url).pathname}`);
    return errorResponse(error, newId("req"), services.logger);
  });
  app.onError((error) => errorResponse(error, newId("req"), services.logger));
  return app;
}
