"use client";

import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { apiContract } from "./contract.ts";

export type ApiClient = ContractRouterClient<typeof apiContract>;

/** Told to the window when an answer says that the session has ended. */
export const signedOutEvent = "atelier:signed-out";

/** Looks at an answer of the studio; every way to ask it from a page tells its status here. */
export function noticeStatus(status: number): void {
  if (status === 401) globalThis.dispatchEvent?.(new Event(signedOutEvent));
}

/** The typed client of the browser; the session cookie goes with every call. */
export const api: ApiClient = createORPCClient(
  new OpenAPILink(apiContract, {
    url: () => `${globalThis.location?.origin ?? "http://localhost"}/api/v1`,
    fetch: async (request, init) => {
      const response = await fetch(request, { ...init, credentials: "same-origin" });
      noticeStatus(response.status);
      return response;
    },
  }),
);

/** TanStack Query options and keys of every operation: `orpc.runs.list.queryOptions({ input })`. */
export const orpc = createTanstackQueryUtils(api);
