import { implement } from "@orpc/server";
import type { ApiContext } from "#lib/api/context.ts";
import { studioContract } from "./contract.ts";
import { studioVersion } from "./version.ts";

const os = implement(studioContract).$context<ApiContext>();

export const studioRouter = os.router({
  get: os.get.handler(({ context }) => ({
    name: "Atelier" as const,
    version: studioVersion,
    url: context.services.env.url,
    gatewayUrl: context.services.env.gatewayUrl,
  })),
});
