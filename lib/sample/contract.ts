import { z } from "zod";
import { operation } from "#lib/api/operation.ts";

export const sampleContract = {
  start: operation({
    method: "POST",
    path: "/workspaces/{workspace}/sample",
    access: "contributor",
    summary: "Bring in the studio's own small sample: data, a training run and, when it ends, a model",
    status: 201,
  })
    .input(z.object({ workspace: z.string() }))
    .output(
      z.object({
        dataset: z.object({ name: z.string(), version: z.string() }),
        /** The name of the run. */
        run: z.string(),
        /** The name under which its model will be registered. */
        model: z.string(),
      }),
    ),
};
