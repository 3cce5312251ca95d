import { type HTTPMethod, oc } from "@orpc/contract";
import type { Access } from "#lib/auth/access.ts";

export interface OperationMeta extends Record<string, unknown> {
  /** What a caller needs at least. An operation without it does not start. */
  access?: Access;
}

export interface Operation {
  method: HTTPMethod;
  /** Below `/api/v1`. Workspace operations start with `/workspaces/{workspace}`. */
  path: `/${string}`;
  access: Access;
  summary: string;
  /** Longer text for the API's document. */
  description?: string;
  /** Of a good answer; 200 unless told. */
  status?: number;
}

/**
 * Declares one operation of the API. Chain `.input(zod)` and `.output(zod)`; path parameters are fields of the input, as
 * are query parameters of a GET and the body's fields of the others.
 */
export function operation(spec: Operation) {
  const tag = spec.path.split("/").find((part) => part && part !== "workspaces" && !part.startsWith("{"));
  return oc.$meta<OperationMeta>({ access: spec.access }).route({
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    tags: [tag ?? "workspaces"],
    ...(spec.description ? { description: spec.description } : {}),
    ...(spec.status ? { successStatus: spec.status } : {}),
  });
}
