import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { pageInput, pageOf } from "#lib/api/page.ts";
import { activity } from "./model.ts";

export const activityContract = {
  list: operation({
    method: "GET",
    path: "/workspaces/{workspace}/activities",
    access: "reader",
    summary: "Who did what in a workspace, newest first",
  })
    .input(
      z.object({
        workspace: z.string(),
        /** Only deeds on this kind of thing … */
        kind: z.string().max(60).optional(),
        /** … and on the one of this name. */
        name: z.string().max(255).optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(activity)),
};
