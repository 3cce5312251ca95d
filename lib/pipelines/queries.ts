import { asc, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { runs } from "#db/schema/index.ts";
import { AppError } from "#lib/core/errors.ts";
import { runStatus } from "#lib/runs/model.ts";
import { getRun } from "#lib/runs/queries/get-run.ts";
import { isMapping } from "#lib/spec/paths.ts";
import type { PipelinePlan, RunGraph, StepState } from "./model.ts";

/** The graph of a pipeline run with the state of each step. A `CONFLICT` for a run that is no pipeline. */
export async function readRunGraph(db: Queryable, workspaceId: string, name: string): Promise<RunGraph> {
  const run = await getRun(db, workspaceId, name);
  if (!run.plan) {
    throw new AppError("CONFLICT", { userMessage: `${run.displayName} is no pipeline, so it has no graph.` });
  }
  // Checked when it was made.
  const plan = run.plan as unknown as PipelinePlan;
  const designer = run.spec?.designer;
  const states = await readSteps(db, run.id);
  const order = new Map(plan.nodes.map((node, index) => [node.name, index]));
  states.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  return {
    run: run.name,
    status: runStatus.parse(run.status),
    graphHash: plan.hash,
    graph: plan.graph,
    nodes: states,
    designer: isMapping(designer) ? designer : null,
  };
}

async function readSteps(db: Queryable, parentId: string): Promise<StepState[]> {
  const rows = await db
    .select({
      name: runs.nodeName,
      displayName: runs.displayName,
      runName: runs.name,
      status: runs.status,
      reusedRunName: sql<string | null>`(select o.name from runs o where o.id = ${runs}.reused_run_id)`,
      startedAt: runs.startedAt,
      endedAt: runs.endedAt,
      fact: runs.fact,
      error: runs.error,
      progress: runs.progress,
    })
    .from(runs)
    .where(eq(runs.parentRunId, parentId))
    .orderBy(asc(runs.id));
  return rows.flatMap(({ name, ...row }) =>
    name === null
      ? []
      : [
          {
            ...row,
            name,
            status: runStatus.parse(row.status),
            startedAt: row.startedAt?.getTime() ?? null,
            endedAt: row.endedAt?.getTime() ?? null,
          },
        ],
  );
}
