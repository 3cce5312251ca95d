import { type Context, Hono } from "hono";
import type { Access } from "#lib/auth/access.ts";
import { authorize, type WorkspaceAccess } from "#lib/auth/authorize.ts";
import type { Principal } from "#lib/auth/principal.ts";
import { notFound } from "#lib/core/errors.ts";
import type { ApiContext } from "./context.ts";
import { errorBody, toAppError } from "./errors.ts";

/** What a raw route's handler gets besides Hono's context. */
export interface RawRequest extends ApiContext {
  principal: Principal;
  workspace: WorkspaceAccess;
}

/** A route that moves bytes (upload, download, stream), which a JSON operation cannot. */
export interface RawRoute {
  method: "GET" | "PUT" | "POST" | "DELETE";
  /** Below `/api/v1`, in Hono's syntax; starts with `/workspaces/:workspace`. */
  path: `/workspaces/:workspace/${string}`;
  access: Extract<Access, "reader" | "contributor" | "owner">;
  summary: string;
  handle(request: RawRequest, http: Context): Promise<Response>;
}

/** Mounts raw routes; each request is authorised by the same function as the operations. */
export function createRawApp(
  routes: readonly RawRoute[],
  contextOf: (request: Request) => Promise<ApiContext>,
): Hono {
  const app = new Hono({ strict: false });
  for (const route of routes) {
    app.on(route.method, `/api/v1${route.path}`, async (http) => {
      const context = await contextOf(http.req.raw);
      try {
        const name = http.req.param("workspace");
        const { principal, workspace } = await authorize(
          context.services.db,
          context.principal,
          route.access,
          name,
        );
        if (!principal || !workspace) throw notFound("This address");
        return await route.handle({ ...context, principal, workspace }, http);
      } catch (error) {
        const known = toAppError(error, context.requestId, context.services.logger);
        return Response.json(errorBody(known, context.requestId), { status: known.status });
      }
    });
  }
  return app;
}
