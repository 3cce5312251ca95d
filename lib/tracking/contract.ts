import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { pageInput, pageOf } from "#lib/api/page.ts";
import { experimentName, experimentSummary } from "./model.ts";

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

const oneExperiment = z.object({ workspace, number: z.coerce.number().int().min(0) });
const base = "/workspaces/{workspace}/experiments" as const;

/** Named groups of runs. A client of MLflow knows an experiment by its number. */
const experimentsContract = {
  list: operation({ method: "GET", path: base, access: "reader", summary: "Experiments of a workspace" })
    .input(
      z.object({
        workspace,
        /** The search language: `name ILIKE "%churn%" and tags.team = "growth"`. */
        filter: z.string().max(5000).optional(),
        view: z.enum(["active", "deleted", "all"]).default("active"),
        /** `name`, `created desc`; the most recently changed first unless told. */
        sort: z.string().max(300).optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(experimentSummary)),
  create: operation({
    method: "POST",
    path: base,
    access: "contributor",
    summary: "Make an experiment",
    status: 201,
  })
    .input(z.object({ workspace, name: experimentName, tags: z.record(z.string(), z.string()).default({}) }))
    .output(experimentSummary),
  rename: operation({
    method: "PATCH",
    path: `${base}/{number}`,
    access: "contributor",
    summary: "Give an experiment another name",
  })
    .input(oneExperiment.extend({ name: experimentName }))
    .output(experimentSummary),
  delete: operation({
    method: "DELETE",
    path: `${base}/{number}`,
    access: "contributor",
    summary: "Hide an experiment with its runs",
    description: "Refused while the studio executes one of them. Restore brings all of them back.",
  })
    .input(oneExperiment)
    .output(experimentSummary),
  restore: operation({
    method: "POST",
    path: `${base}/{number}/restore`,
    access: "contributor",
    summary: "Bring an experiment back with its runs",
  })
    .input(oneExperiment)
    .output(experimentSummary),
};

/** What was tracked, for tables and charts. Clients write through the MLflow protocol. */
export const trackingContract = {
  experiments: experimentsContract,
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
