import type { AnyContractRouter } from "@orpc/contract";
import {
  OpenAPIHandler as FetchOpenAPIHandler,
  type OpenAPIHandlerOptions as FetchOptions,
} from "@orpc/openapi/fetch";
import { type OpenAPIHandlerOptions as NodeOptions, OpenAPIHandler } from "@orpc/openapi/node";
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
 * What a handler of the operations is made with. Every call is authorised here, by what its contract declares, before its
 * input is looked at; no router can forget it.
 */
function handlerOptions(logger: Logger): NodeOptions<WorkspaceContext> & FetchOptions<WorkspaceContext> {
  checkContract(apiContract);
  return {
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
  };
}

// Routers declare the context that they see after authorisation; a handler is given the one before it.

/** The operations of the contract as a handler for Node's HTTP server, mounted at `/api/v1`. */
export function createApiHandler(logger: Logger): OpenAPIHandler<ApiContext> {
  const handler = new OpenAPIHandler<WorkspaceContext>(apiRouter, handlerOptions(logger));
  return handler as unknown as OpenAPIHandler<ApiContext>;
}

/** The same for a server that speaks `Request` and `Response`. */
export function createFetchApiHandler(logger: Logger): FetchOpenAPIHandler<ApiContext> {
  const handler = new FetchOpenAPIHandler<WorkspaceContext>(apiRouter, handlerOptions(logger));
  return handler as unknown as FetchOpenAPIHandler<ApiContext>;
}

function checkContract(contract: AnyContractRouter): void {
  for (const { name, path, access } of walkOperations(contract)) {
    if (isWorkspaceAccess(access) !== path.startsWith("/workspaces/{workspace}")) {
      throw new Error(`operation ${name}: access ${access} does not fit its path ${path}`);
    }
  }
}
