import { z } from "zod";
import { operation } from "#lib/api/operation.ts";

/** What the studio says of itself. */
export const studioContract = {
  get: operation({
    method: "GET",
    path: "/studio",
    access: "public",
    summary: "Name, version and addresses of this studio",
  }).output(
    z.object({
      name: z.literal("Atelier"),
      version: z.string(),
      url: z.string(),
      gatewayUrl: z.string(),
    }),
  ),
};
