"use client";

import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { apiContract } from "./contract.ts";

export type ApiClient = ContractRouterClient<typeof apiContract>;

/** The typed client of the browser; the session cookie goes with every call. */
export const api: ApiClient = createORPCClient(
  new OpenAPILink(apiContract, {
    url: () => `${globalThis.location?.origin ?? "http://localhost"}/api/v1`,
    fetch: (request, init) => fetch(request, { ...init, credentials: "same-origin" }),
  }),
);

/** TanStack Query options and keys of every operation: `orpc.runs.list.queryOptions({ input })`. */
export const orpc = createTanstackQueryUtils(api);
