import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { searchKinds, searchResult } from "./model.ts";

export const searchContract = {
  find: operation({
    method: "GET",
    path: "/workspaces/{workspace}/search",
    access: "reader",
    summary: "Things whose name holds some text, best first",
  })
    .input(
      z.object({
        workspace: z.string(),
        q: z.string().trim().max(200).default(""),
        /** One kind only. */
        kind: z.enum(searchKinds).optional(),
        /** Of each kind. */
        limit: z.coerce.number().int().min(1).max(50).default(8),
      }),
    )
    .output(z.object({ items: z.array(searchResult) })),
};
