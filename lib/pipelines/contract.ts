import { z } from "zod";
import { operation } from "#lib/api/operation.ts";
import { newRun } from "#lib/runs/model.ts";
import { fault, pipelineGraph, runGraph } from "./model.ts";

/** Pipelines as graphs. Submitting one is `runs.submit` with a job of type pipeline. */
export const pipelinesContract = {
  validate: operation({
    method: "POST",
    path: "/workspaces/{workspace}/pipelines/validate",
    access: "reader",
    summary: "Check a pipeline, and read it as a graph",
    description: "Faults are answered, not thrown: a pipeline that is being drawn has some.",
  })
    .input(newRun.extend({ workspace: z.string() }))
    .output(
      z.object({
        /** Null when the document is no pipeline at all. */
        graph: pipelineGraph.nullable(),
        /** Of severity error: the pipeline cannot be submitted. */
        faults: z.array(fault),
        warnings: z.array(fault),
        /** Null when the graph has faults. The same work has the same hash, whatever the drawing. */
        graphHash: z.string().nullable(),
      }),
    ),
  graph: operation({
    method: "GET",
    path: "/workspaces/{workspace}/runs/{run}/graph",
    access: "reader",
    summary: "The graph of a pipeline run, and how far each step is",
  })
    .input(z.object({ workspace: z.string(), run: z.string() }))
    .output(runGraph),
};
