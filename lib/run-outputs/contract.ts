import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { rowsPage, rowsQuery, tableProfile } from "#lib/tables/model.ts";
import { outputView } from "./model.ts";

const one = z.object({ workspace: z.string(), run: z.string(), output: z.string() });
const base = "/workspaces/{workspace}/runs/{run}/outputs/{output}" as const;

/** Outputs of runs, looked into: the table, the model or the evaluation that a step wrote. */
export const runOutputsContract = {
  get: operation({ method: "GET", path: base, access: "reader", summary: "What an output of a run holds" })
    .input(one)
    .output(outputView),
  rows: operation({
    method: "POST",
    path: `${base}/rows`,
    access: "reader",
    summary: "A window of the rows of an output's table, filtered and sorted",
  })
    .input(one.extend({ query: rowsQuery.prefault({}) }))
    .output(rowsPage),
  profile: operation({
    method: "GET",
    path: `${base}/profile`,
    access: "reader",
    summary: "The profile of each column of an output's table",
  })
    .input(one)
    .output(tableProfile),
};
