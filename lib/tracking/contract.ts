import { z } from "zod";
import { operation } from "#lib/api/operation.ts";

const workspace = z.string();

export const keyKinds = ["metrics", "params", "tags"] as const;

/** A metric, parameter or tag that runs of the workspace have. */
export const loggedKey = z.object({ kind: z.enum(keyKinds), key: z.string(), runCount: z.number().int() });
export type LoggedKey = z.infer<typeof loggedKey>;

/** A metric over the steps of one run; the three lists are of one length. */
export const curve = z.object({
  run: z.string(),
  key: z.string(),
  steps: z.array(z.number()),
  /** UTC milliseconds. */
  times: z.array(z.number()),
  /** Null is not a number. */
  values: z.array(z.number().nullable()),
});
export type Curve = z.infer<typeof curve>;

/** What was tracked, for tables and charts. Clients write through the MLflow protocol. */
export const trackingContract = {
  keys: operation({
    method: "GET",
    path: "/workspaces/{workspace}/tracked-keys",
    access: "reader",
    summary: "Metrics, parameters and tags that the newest runs have",
    description: "Of the newest 5,000 runs, most frequent first. MLflow's own tags are left out.",
  })
    .input(z.object({ workspace }))
    .output(z.object({ items: z.array(loggedKey) })),
  curves: operation({
    method: "POST",
    path: "/workspaces/{workspace}/curves",
    access: "reader",
    summary: "Metrics of runs over their steps",
    description:
      "A longer curve is thinned on the server: of each stretch its lowest and highest point are kept, so that peaks stay.",
  })
    .input(
      z.object({
        workspace,
        runs: z.array(z.string()).min(1).max(50),
        /** All metrics of the runs unless given. */
        keys: z.array(z.string()).max(200).optional(),
        /** The most points of one curve. */
        points: z.number().int().min(10).max(5000).default(600),
      }),
    )
    .output(z.object({ items: z.array(curve) })),
};
