import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { runDatasets, runs } from "#db/schema/index.ts";
import { readRunLinks } from "#lib/tracking/queries/run-data.ts";
import { searchExperiments } from "#lib/tracking/search/search-experiments.ts";
import { searchRuns } from "#lib/tracking/search/search-runs.ts";
import { list, maxResults, requiredText, text, viewType } from "../fields.ts";
import { jsonRoute, type MlflowContext, type MlflowRoute } from "../route.ts";
import { toWireExperiment } from "../wire/experiment.ts";
import { toWireRun } from "../wire/run.ts";

const page = { page_token: text.optional(), filter: text.optional(), order_by: list(text) };

/** Only numbers can be ids of experiments; others name none. */
export function experimentNumbers(ids: readonly string[]): number[] {
  return ids.filter((id) => /^\d{1,15}$/.test(id)).map(Number);
}

const experimentSearch = z.object({
  ...page,
  max_results: maxResults(1000, 50_000),
  view_type: viewType.default("ACTIVE_ONLY"),
});

async function findExperiments(
  { services, workspace }: MlflowContext,
  input: z.output<typeof experimentSearch>,
): Promise<object> {
  const views = { ACTIVE_ONLY: "active", DELETED_ONLY: "deleted", ALL: "all" } as const;
  const { rows, nextCursor } = await searchExperiments(services.db, {
    workspaceId: workspace.id,
    filter: input.filter,
    orderBy: input.order_by,
    cursor: input.page_token || undefined,
    limit: input.max_results,
    view: views[input.view_type],
  });
  return { experiments: rows.map(toWireExperiment), ...(nextCursor ? { next_page_token: nextCursor } : {}) };
}

const experiments = (method: "GET" | "POST") =>
  jsonRoute({
    method,
    path: "experiments/search",
    access: "reader",
    input: experimentSearch,
    handle: findExperiments,
  });

const runSearch = jsonRoute({
  method: "POST",
  path: "runs/search",
  access: "reader",
  input: z.object({
    ...page,
    experiment_ids: list(text),
    run_view_type: viewType.default("ACTIVE_ONLY"),
    max_results: maxResults(1000, 50_000),
  }),
  async handle({ services, workspace }, input) {
    const views = { ACTIVE_ONLY: "current", DELETED_ONLY: "deleted", ALL: "all" } as const;
    const { rows, nextCursor } = await searchRuns(services.db, {
      workspaceId: workspace.id,
      filter: input.filter,
      orderBy: input.order_by,
      cursor: input.page_token || undefined,
      limit: input.max_results,
      view: views[input.run_view_type],
      experimentNumbers: experimentNumbers(input.experiment_ids),
    });
    const links = await readRunLinks(
      services.db,
      rows.map(({ run }) => run.id),
    );
    const found = rows.map(({ run, data }) => toWireRun(run, data, links.get(run.id)));
    return { runs: found, ...(nextCursor ? { next_page_token: nextCursor } : {}) };
  },
});

const datasetSearch = jsonRoute({
  method: "POST",
  path: "experiments/search-datasets",
  access: "reader",
  input: z.object({ experiment_ids: list(requiredText).pipe(z.array(z.string()).min(1).max(20)) }),
  async handle({ services, workspace }, input) {
    const context = sql<string | null>`${runDatasets.tags} ->> 'mlflow.data.context'`;
    const rows = await services.db
      .selectDistinct({
        experiment: runs.experimentNumber,
        name: runDatasets.name,
        digest: runDatasets.digest,
        context,
      })
      .from(runDatasets)
      .innerJoin(runs, eq(runs.id, runDatasets.runId))
      .where(
        and(
          eq(runs.workspaceId, workspace.id),
          sql`${runs.experimentNumber} = any(${sql.param(experimentNumbers(input.experiment_ids))}::bigint[])`,
        ),
      )
      .limit(1000);
    return {
      dataset_summaries: rows.map((row) => ({
        experiment_id: String(row.experiment),
        name: row.name,
        digest: row.digest,
        ...(row.context === null ? {} : { context: row.context }),
      })),
    };
  },
});

export const searchRoutes: readonly MlflowRoute[] = [
  experiments("GET"),
  experiments("POST"),
  runSearch,
  datasetSearch,
];
