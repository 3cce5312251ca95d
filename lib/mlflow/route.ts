import type { Context } from "hono";
import type { z } from "zod";
import type { WorkspaceRole } from "#lib/auth/access.ts";
import type { WorkspaceAccess } from "#lib/auth/authorize.ts";
import type { Principal } from "#lib/auth/principal.ts";
import type { Services } from "#lib/services/services.ts";
import { parseInput, readInput } from "./input.ts";
import { jsonReply } from "./reply.ts";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What a handler gets once the caller was authorised. */
export interface MlflowContext {
  services: Services;
  principal: Principal;
  workspace: WorkspaceAccess;
  /** Whether the workspace was named by the header `X-MLFLOW-WORKSPACE`. */
  byHeader: boolean;
  http: Context;
}

/** One route of the protocol. The table of all of them is what a test walks. */
export interface MlflowRoute {
  method: HttpMethod;
  /** In Hono's syntax, below `/mlflow/:workspace`; `/api` stands for every prefix and version of the API. */
  path: string;
  /** The least role in the workspace. */
  access: Extract<WorkspaceRole, "reader" | "contributor">;
  handle(context: MlflowContext): Promise<Response>;
}

interface JsonRoute<T extends z.ZodType> {
  method: HttpMethod;
  path: string;
  access: MlflowRoute["access"];
  input: T;
  handle(context: MlflowContext, input: z.output<T>): Promise<object>;
}

/** A route that takes and answers JSON. */
export function jsonRoute<T extends z.ZodType>(route: JsonRoute<T>): MlflowRoute {
  return {
    method: route.method,
    path: route.path.startsWith("/") ? route.path : `/api/mlflow/${route.path}`,
    access: route.access,
    async handle(context) {
      const input = parseInput(route.input, await readInput(context.http));
      return jsonReply(await route.handle(context, input));
    },
  };
}
