import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { flag, pageInput, pageOf } from "#lib/api/page.ts";
import { fileEntry, fileSetName, newRun, runDetails, runEvent, runSummary, usageSample } from "./model.ts";

const workspace = z.string();
const one = z.object({ workspace, run: z.string() });
const base = "/workspaces/{workspace}/runs" as const;

const issue = z.object({
  path: z.string(),
  message: z.string(),
  value: z.unknown().optional(),
  location: z.string().optional(),
});

/**
 * Runs. Bytes come from raw routes below `/workspaces/{workspace}/runs/{run}`:
 * `/log?offset=&limit=&attempt=` (bytes; `follow=1` stays open until the run has ended), `/log/events?offset=&attempt=`
 * (server-sent), `/file?of=&path=&download=1`, `/zip?of=&path=` (`of=all` gives the layout of a job download).
 */
export const runsContract = {
  submit: operation({
    method: "POST",
    path: base,
    access: "contributor",
    summary: "Start a run",
    status: 201,
  })
    .input(newRun.extend({ workspace }))
    .output(runDetails),
  validate: operation({
    method: "POST",
    path: "/workspaces/{workspace}/runs/validate",
    access: "reader",
    summary: "Check a job without starting it",
  })
    .input(newRun.extend({ workspace }))
    .output(
      z.object({ result: z.enum(["Succeeded", "Failed"]), errors: z.array(issue), warnings: z.array(issue) }),
    ),
  list: operation({ method: "GET", path: base, access: "reader", summary: "Runs of a workspace" })
    .input(
      z.object({
        workspace,
        /** The search language: `metrics.auc > 0.8 and tags.leak != "yes"`. */
        filter: z.string().max(5000).optional(),
        /** Part of a name. */
        search: z.string().max(255).optional(),
        /** The name of an experiment. */
        experiment: z.string().max(500).optional(),
        /** Statuses with commas. */
        status: z.string().max(300).optional(),
        /** The name of a parent; without it, only runs that have none, unless `children` is given. */
        parent: z.string().optional(),
        children: flag.optional(),
        mine: flag.optional(),
        view: z.enum(["active", "archived", "all"]).default("active"),
        /** `metrics.auc desc`; newest first unless told. */
        sort: z.string().max(300).optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(runSummary)),
  get: operation({ method: "GET", path: `${base}/{run}`, access: "reader", summary: "One run" })
    .input(one)
    .output(runDetails),
  update: operation({
    method: "PATCH",
    path: `${base}/{run}`,
    access: "contributor",
    summary: "Change what is said about a run",
  })
    .input(
      one.extend({
        displayName: z.string().trim().min(1).max(255).optional(),
        description: z.string().max(100_000).optional(),
        /** Replaces all tags of people; those of clients (`mlflow.…`) stay. */
        tags: z.record(z.string().min(1).max(250), z.string().max(5000)).optional(),
      }),
    )
    .output(runDetails),
  cancel: operation({
    method: "POST",
    path: `${base}/{run}/cancel`,
    access: "contributor",
    summary: "Ask a run to end",
  })
    .input(one)
    .output(runDetails),
  retry: operation({
    method: "POST",
    path: `${base}/{run}/retry`,
    access: "contributor",
    summary: "Run steps of a pipeline again, in the same run",
    description: "What comes after them follows. Without names: all that failed or were left out.",
  })
    .input(
      one.extend({
        /** Names of steps, `outer.inner` inside a pipeline component. */
        steps: z.array(z.string().min(1).max(500)).min(1).max(1000).optional(),
      }),
    )
    .output(runDetails),
  rerun: operation({
    method: "POST",
    path: `${base}/{run}/rerun`,
    access: "contributor",
    summary: "Start the same job, code and inputs again",
    status: 201,
  })
    .input(
      one.extend({
        displayName: z.string().trim().min(1).max(255).optional(),
        compute: z.string().optional(),
        /** For “run again with 12 GiB”. */
        memoryMib: z.number().int().min(64).optional(),
      }),
    )
    .output(runDetails),
  archive: operation({
    method: "POST",
    path: `${base}/{run}/archive`,
    access: "contributor",
    summary: "Take a run out of the lists",
  })
    .input(one)
    .output(runDetails),
  restore: operation({
    method: "POST",
    path: `${base}/{run}/restore`,
    access: "contributor",
    summary: "Bring an archived or deleted run back",
  })
    .input(one)
    .output(runDetails),
  delete: operation({
    method: "DELETE",
    path: `${base}/{run}`,
    access: "contributor",
    summary: "Delete a run that has ended",
    description:
      "The run is hidden everywhere; its files stay for what was registered from it. Restore brings it back.",
  })
    .input(one)
    .output(z.object({ name: z.string() })),
  events: operation({
    method: "GET",
    path: `${base}/{run}/events`,
    access: "reader",
    summary: "The history of a run: phases with their reasons",
  })
    .input(one.extend({ attempt: z.coerce.number().int().min(1).optional() }))
    .output(z.object({ items: z.array(runEvent) })),
  logInfo: operation({
    method: "GET",
    path: `${base}/{run}/log-info`,
    access: "reader",
    summary: "Size of a run's log, and when its parts were written",
  })
    .input(one.extend({ attempt: z.coerce.number().int().min(1).optional() }))
    .output(
      z.object({
        attempt: z.number().int(),
        sizeBytes: z.number(),
        /** Nothing will be added. */
        complete: z.boolean(),
        /** `[offset in bytes, time]`: what starts at the offset was written at the time. At most 2,000, in order. */
        marks: z.array(z.tuple([z.number(), z.number()])),
      }),
    ),
  usage: operation({
    method: "GET",
    path: `${base}/{run}/usage`,
    access: "reader",
    summary: "CPU and memory over time",
  })
    .input(
      one.extend({
        attempt: z.coerce.number().int().min(1).optional(),
        points: z.coerce.number().int().min(10).max(2000).default(300),
      }),
    )
    .output(
      z.object({
        limits: z.object({ cpus: z.number().nullable(), memoryMib: z.number().nullable() }),
        peakMemoryMib: z.number().nullable(),
        samples: z.array(usageSample),
      }),
    ),
  files: operation({
    method: "GET",
    path: `${base}/{run}/files`,
    access: "reader",
    summary: "Files of a run: artifacts, code, or a named input or output",
  })
    .input(one.extend({ of: fileSetName.default("artifacts"), path: z.string().max(1024).optional() }))
    .output(z.object({ items: z.array(fileEntry), truncated: z.boolean(), sizeBytes: z.number() })),
};
