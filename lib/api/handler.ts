import type { AnyContractRouter } from "@orpc/contract";
import { OpenAPIHandler } from "@orpc/openapi/node";
import { ORPCError } from "@orpc/server";
import { isWorkspaceAccess } from "#lib/auth/access.ts";
import { authorize } from "#lib/auth/authorize.ts";
import type { Logger } from "#lib/core/logger.ts";
import type { ApiContext, WorkspaceContext } from "./context.ts";
import { apiContract } from "./contract.ts";
import { errorBody, toAppError } from "./errors.ts";
import { accessOf, walkOperations } from "./operations.ts";
import { apiRouter } from "./router.ts";

function workspaceNamed(input: unknown): string | undefined {
  const name = (input as { workspace?: unknown } | undefined)?.workspace;
  return typeof name === "string" ? name : undefined;
}

/**
 * The operations of the contract as a handler for Node's HTTP server, mounted at `/api/v1`. Every call is authorised here,
 * by what its contract declares, before its input is looked at; no router can forget it.
 */
export function createApiHandler(logger: Logger): OpenAPIHandler<ApiContext> {
  checkContract(apiContract);
  // Routers declare the context that they see after authorisation; the handler is given the one before it.
  const handler = new OpenAPIHandler<WorkspaceContext>(apiRouter, {
    clientInterceptors: [
      async ({ next, ...options }) => {
        const { context } = options;
        try {
          const access = accessOf(options.procedure);
          const name = isWorkspaceAccess(access) ? workspaceNamed(options.input) : undefined;
          const allowed = await authorize(context.services.db, context.principal, access, name);
          return await next({
            ...options,
            context: { ...context, ...(allowed as Pick<WorkspaceContext, "workspace">) },
          });
        } catch (error) {
          const known = toAppError(error, context.requestId, logger);
          const body = errorBody(known, context.requestId);
          throw new ORPCError(body.code, {
            status: body.status,
            message: body.message,
            data: body.data,
            cause: error,
          });
        }
      },
    ],
  });
  return handler as unknown as OpenAPIHandler<ApiContext>;
}

function checkContract(contract: AnyContractRouter): void {
  for (const { name, path, access } of walkOperations(contract)) {
    if (isWorkspaceAccess(access) !== path.startsWith("/workspaces/{workspace}")) {
      throw new Error(`operation ${name}: access ${access} does not fit its path ${path}`);
    }
  }
}
